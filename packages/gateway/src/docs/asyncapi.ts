/** The AsyncAPI document, generated from the table of streams. */
import { z } from 'zod';
import { AcknowledgeFrame, PingFrame, StreamErrorFrame, SubscribeFrame, UnsubscribeFrame } from '../schemas/stream-frames.ts';
import { STREAMS, type StreamDefinition } from '../schemas/streams.ts';
import type { DocumentFacts } from './openapi.ts';

/** JSON that is part of the document. */
type Json = { readonly [name: string]: unknown };

const INTRODUCTION = `One WebSocket carries any number of streams; it is opened at \`/\` or \`/ws\`. Frames are JSON text: \`{"stream": <name>, "data": <payload>}\`.
Times are Unix microseconds unless a field says otherwise. The server pings every 60 s and closes after 120 s without a pong.

A SUBSCRIBE that carries an \`id\` is acknowledged; without one silence means success. Streams that begin with \`account.\` need a signature:
\`[public key, signature, timestamp, window]\` over \`instruction=subscribe&timestamp=<ms>&window=<ms>\`. Their payloads carry \`seq\`;
\`resumeAfter\` repeats what came after one.`;

const FRAMES = { SubscribeFrame, UnsubscribeFrame, PingFrame, AcknowledgeFrame, StreamErrorFrame };
const CONTROL_CHANNEL = 'control';
const COMPONENT_START = '#/components/schemas/';
const JsonObject = z.record(z.string(), z.unknown());
const SharedDefinitions = z.object({ $defs: z.record(z.string(), JsonObject).default({}) });

/**
 * Makes the AsyncAPI 3.0 document.
 *
 * @param facts title and version
 * @returns plain JSON
 */
export function createAsyncApi(facts: DocumentFacts): Json {
  return {
    asyncapi: '3.0.0',
    info: { title: `${facts.title}: streams`, version: facts.version, description: INTRODUCTION, license: { name: 'Apache-2.0' } },
    defaultContentType: 'application/json',
    channels: {
      [CONTROL_CHANNEL]: controlChannel(),
      ...Object.fromEntries(STREAMS.map((stream) => [channelIdOf(stream), channelOf(stream)])),
    },
    operations: {
      ...controlOperations(),
      ...Object.fromEntries(STREAMS.map((stream) => [`receive.${channelIdOf(stream)}`, operationOf(stream)])),
    },
    components: { schemas: componentSchemas() },
  };
}

/**
 * Names the channel of a stream.
 *
 * @param stream the stream
 * @example channelIdOf(depthStream) // 'depth.symbol'
 */
export function channelIdOf(stream: StreamDefinition): string {
  return stream.name.replaceAll(/[{}]/g, '');
}

function channelOf(stream: StreamDefinition): Json {
  const parameters = Object.entries(stream.parameters).map(([name, { description, words, example }]) => [
    name,
    { description, examples: [example], ...(words === undefined ? {} : { enum: words }) },
  ]);
  return {
    address: stream.name,
    summary: stream.summary,
    description: `Sent ${stream.pushed}.${stream.isPrivate ? ' Needs a signature.' : ''}`,
    ...(parameters.length === 0 ? {} : { parameters: Object.fromEntries(parameters) }),
    messages: { envelope: envelopeOf(stream) },
  };
}

function envelopeOf(stream: StreamDefinition): Json {
  const name = payloadNameOf(stream);
  return {
    name,
    payload: {
      type: 'object',
      required: ['stream', 'data'],
      properties: { stream: { type: 'string', description: 'Name of the stream.' }, data: { $ref: `#/components/schemas/${name}` } },
    },
    examples: [{ payload: { stream: exampleNameOf(stream), data: exampleOfPayload(stream) } }],
  };
}

function operationOf(stream: StreamDefinition): Json {
  return { action: 'send', channel: { $ref: `#/channels/${channelIdOf(stream)}` }, summary: stream.summary };
}

function controlChannel(): Json {
  const messages = Object.keys(FRAMES).map((name) => [name, { name, payload: { $ref: `#/components/schemas/${name}` } }]);
  return { address: '/', summary: 'Starting and ending streams.', messages: Object.fromEntries(messages) };
}

function controlOperations(): Json {
  const messagesOf = (names: readonly string[]) => names.map((name) => ({ $ref: `#/channels/${CONTROL_CHANNEL}/messages/${name}` }));
  const channel = { $ref: `#/channels/${CONTROL_CHANNEL}` };
  return {
    ask: {
      action: 'receive',
      channel,
      summary: 'What a client sends.',
      messages: messagesOf(['SubscribeFrame', 'UnsubscribeFrame', 'PingFrame']),
    },
    answer: { action: 'send', channel, summary: 'What is answered.', messages: messagesOf(['AcknowledgeFrame', 'StreamErrorFrame']) },
  };
}

/** Schemas of payloads and frames, with what they refer to, by their public names. */
function componentSchemas(): Json {
  const registry = z.registry<{ id: string; description?: string | undefined; examples?: unknown }>();
  const queue: z.core.$ZodType[] = [...STREAMS.map((stream) => stream.payload), ...Object.values(FRAMES)];
  for (const schema of queue) {
    const meta = z.globalRegistry.get(schema);
    if (meta?.id !== undefined && !registry.has(schema)) registry.add(schema, { ...meta, id: meta.id });
  }
  const { schemas } = z.toJSONSchema(registry, { io: 'input', metadata: z.globalRegistry, uri: (id) => COMPONENT_START + id });
  return hoistShared(schemas);
}

/** The library keeps what several schemas share in a place of its own; in the document all stand side by side. */
function hoistShared(schemas: Readonly<Record<string, Json>>): Json {
  const { __shared: shared, ...named } = schemas;
  const all = { ...named, ...SharedDefinitions.parse(shared ?? {}).$defs };
  const plain = Object.fromEntries(Object.entries(all).map(([id, { $schema: _schema, $id: _id, id: _name, ...schema }]) => [id, schema]));
  const text = JSON.stringify(plain).replaceAll(`${COMPONENT_START}__shared#/$defs/`, COMPONENT_START);
  return JsonObject.parse(JSON.parse(text));
}

/** The public name of a stream's payload. */
export function payloadNameOf(stream: StreamDefinition): string {
  return z.globalRegistry.get(stream.payload)?.id ?? 'Payload';
}

/** An example of a stream's payload. */
export function exampleOfPayload(stream: StreamDefinition): unknown {
  const examples = z.globalRegistry.get(stream.payload)?.examples;
  return Array.isArray(examples) ? examples[0] : null;
}

/** A stream's name with example values. */
export function exampleNameOf(stream: StreamDefinition): string {
  return Object.entries(stream.parameters).reduce((name, [part, { example }]) => name.replace(`{${part}}`, example), stream.name);
}
