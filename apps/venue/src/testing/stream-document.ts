/** The AsyncAPI document that a running venue serves, and whether frames keep it. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { z } from 'zod';

const Channel = z.object({
  address: z.string(),
  parameters: z.record(z.string(), z.object({ examples: z.array(z.string()).min(1), enum: z.array(z.string()).optional() })).default({}),
  messages: z.record(
    z.string(),
    z.object({ payload: z.record(z.string(), z.unknown()), examples: z.array(z.object({ payload: z.unknown() })).optional() }),
  ),
});

/** One kind of stream, or the control frames. */
export type Channel = z.infer<typeof Channel>;

const Document = z.object({
  asyncapi: z.literal('3.0.0'),
  channels: z.record(z.string(), Channel),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});

const CONTROL = 'control';

/** Judges frames by the document alone. */
export class StreamDocument {
  /** By channel id, such as `depth.symbol`; without the control frames. */
  readonly channels: ReadonlyMap<string, Channel>;
  readonly #control: Channel;
  readonly #validators = new Map<object, ValidateFunction>();
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });

  constructor(json: unknown) {
    const { channels, components } = Document.parse(json);
    const { [CONTROL]: control, ...streams } = channels;
    if (control === undefined) throw new Error(`the document has no channel ${CONTROL}`);
    this.#control = control;
    this.channels = new Map(Object.entries(streams));
    this.#ajv.addSchema({ $id: 'document', components });
  }

  /** Stream names of a channel: the example of each parameter, or every word it may be. */
  namesOf(channel: Channel): string[] {
    return Object.entries(channel.parameters).reduce(
      (names, [part, { examples, enum: words }]) =>
        names.flatMap((name) => (words ?? examples.slice(0, 1)).map((word) => name.replace(`{${part}}`, word))),
      [channel.address],
    );
  }

  /** What is wrong with a frame of a channel; empty when nothing is. */
  faultsOf(channel: Channel, frame: unknown): string[] {
    const [message] = Object.values(channel.messages);
    return message === undefined ? [`${channel.address} has no message`] : this.#faultsBy(message.payload, frame);
  }

  /** What is wrong with a control frame, such as `AcknowledgeFrame`. */
  faultsOfControl(name: string, frame: unknown): string[] {
    const message = this.#control.messages[name];
    return message === undefined ? [`there is no frame ${name}`] : this.#faultsBy(message.payload, frame);
  }

  #faultsBy(payload: Record<string, unknown>, value: unknown): string[] {
    const validate = this.#validators.get(payload) ?? this.#compile(payload);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message} in ${JSON.stringify(value)}`);
  }

  #compile(payload: Record<string, unknown>): ValidateFunction {
    const schema: unknown = JSON.parse(JSON.stringify(payload).replaceAll('"#/components/', '"document#/components/'));
    const validate = this.#ajv.compile(z.record(z.string(), z.unknown()).parse(schema));
    this.#validators.set(payload, validate);
    return validate;
  }
}
