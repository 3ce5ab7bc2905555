/** The OpenAPI document, generated from the routes. */
import fastifySwagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { SECURITY_SCHEMES } from './document-route.ts';
import { plainNames, pruneComponents } from './prune-components.ts';

/** What the documents say about the venue. */
export type DocumentFacts = {
  readonly title: string;
  readonly version: string;
};

const INTRODUCTION = `REST interface. Public routes need nothing; signed ones need an ED25519 key.

**Signing.** Build \`instruction=<word>\`, then \`&name=value\` for every query parameter and then every body field, each in alphabetical order,
then \`&timestamp=<ms>&window=<ms>\`. Booleans are lower case, nulls are left out. A batch repeats \`instruction=<word>&...\` for each order, joined
by \`&\`. Sign the UTF-8 bytes and send key, timestamp, window and signature in the headers below.

**Numbers.** Prices and quantities are decimal strings. **Errors** are always \`{"code", "message"}\`.
**Repeating a write** safely: send the same \`X-Idempotency-Key\` again; within 24 hours the first answer comes back.
Streams are described at [/docs/streams](/docs/streams).`;

const SCHEME_TEXTS: Readonly<Record<keyof typeof SECURITY_SCHEMES, string>> = {
  apiKey: 'Base64 of the 32-byte ED25519 public key.',
  timestamp: 'Time of signing in Unix milliseconds.',
  window: 'Time the signature stays good, in milliseconds: 5000 when absent, at most 60000.',
  signature: 'Base64 of the signature.',
};

/**
 * Collects the routes that are registered after it and makes the document from them.
 *
 * @param app the HTTP server, before its routes
 * @param facts title and version
 */
export async function collectOpenApi(app: FastifyInstance, facts: DocumentFacts): Promise<void> {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: facts.title,
        version: facts.version,
        description: INTRODUCTION,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      components: { securitySchemes: securitySchemes() },
    },
    transform: jsonSchemaTransform,
    transformObject: (document) => plainNames(pruneComponents(jsonSchemaTransformObject(document))),
  });
}

function securitySchemes(): Record<string, { type: 'apiKey'; in: 'header'; name: string; description: string }> {
  const scheme = (name: keyof typeof SECURITY_SCHEMES) =>
    ({ type: 'apiKey', in: 'header', name: SECURITY_SCHEMES[name], description: SCHEME_TEXTS[name] }) as const;
  return { apiKey: scheme('apiKey'), timestamp: scheme('timestamp'), window: scheme('window'), signature: scheme('signature') };
}
