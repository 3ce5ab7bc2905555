/** The document that a running venue serves about itself, and whether answers keep it. */
import { Ajv2020, type AnySchema, type ValidateFunction } from 'ajv/dist/2020.js';
import { z } from 'zod';
import type { Answer } from './signed-caller.ts';

const Media = z.record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()) }));
const Parameter = z.object({ name: z.string(), in: z.string(), required: z.boolean().default(false), example: z.unknown().optional() });
const Operation = z.object({
  operationId: z.string(),
  summary: z.string().min(1),
  parameters: z.array(Parameter).default([]),
  requestBody: z.object({ content: Media }).optional(),
  responses: z.record(z.string(), z.object({ content: Media.optional() })),
});

/** What one route takes and answers, as the document says. */
export type Operation = z.infer<typeof Operation>;

const Document = z.object({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }),
});

/** Judges answers by the document alone. */
export class ContractDocument {
  /** By route, such as `GET /api/v1/time`. */
  readonly operations: ReadonlyMap<string, Operation>;
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });

  constructor(json: unknown) {
    const { paths, components } = Document.parse(json);
    this.#ajv.addSchema({ $id: 'document', components });
    this.operations = new Map(
      Object.entries(paths).flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
      ),
    );
  }

  /** What is wrong with an answer; empty when nothing is. */
  faultsOf(route: string, answer: Answer): string[] {
    const described = this.operations.get(route)?.responses[String(answer.status)];
    if (described === undefined) return [`${route} answers ${answer.status}, which its document does not know`];
    const [media] = Object.entries(described.content ?? {});
    if (media === undefined) return answer.json === null ? [] : [`${route} has a body, its document none`];
    const [contentType, { schema }] = media;
    if (!answer.contentType.startsWith(contentType)) return [`${route} is ${answer.contentType}, its document says ${contentType}`];
    return this.#faultsBy(schema, answer.json).map((fault) => `${route} ${answer.status}${fault}`);
  }

  /** What is wrong with a body that is to be sent; empty when nothing is. */
  faultsOfBody(route: string, body: unknown): string[] {
    const schema = this.operations.get(route)?.requestBody?.content['application/json']?.schema;
    if (schema === undefined) return [`${route} takes no body`];
    return this.#faultsBy(schema, body);
  }

  #faultsBy(schema: Record<string, unknown>, value: unknown): string[] {
    const validate = this.#ajv.compile(absolute(schema));
    return validate(value) ? [] : wordsOf(validate);
  }
}

/** References of the document's parts, made to lead into the document. */
function absolute(schema: Record<string, unknown>): AnySchema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/'));
}

function wordsOf({ errors }: ValidateFunction): string[] {
  return (errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
}
