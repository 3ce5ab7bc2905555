/** Serves the documents, and pages that show them without asking anything of the internet. */
import scalar from '@scalar/fastify-api-reference';
import type { FastifyInstance } from 'fastify';
import { createAsyncApi } from './asyncapi.ts';
import type { DocumentFacts } from './openapi.ts';
import { createStreamsPage } from './streams-page.ts';

/** The page's script and styles are served from here, and the browser is told to fetch from nowhere else. */
const CONTENT_POLICY =
  "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; frame-ancestors 'none'";

/**
 * Serves `/openapi.json`, `/asyncapi.json`, `/docs` and `/docs/streams`.
 *
 * @param app the HTTP server, on which `collectOpenApi` was called before its routes
 * @param facts title and version
 */
export async function serveDocs(app: FastifyInstance, facts: DocumentFacts): Promise<void> {
  const asyncApi = JSON.stringify(createAsyncApi(facts));
  const streamsPage = createStreamsPage(facts);
  const hidden = { schema: { hide: true } };
  app.get('/openapi.json', hidden, (_request, reply) => reply.type('application/json; charset=utf-8').send(JSON.stringify(app.swagger())));
  app.get('/asyncapi.json', hidden, (_request, reply) => reply.type('application/json; charset=utf-8').send(asyncApi));
  app.get('/docs/streams', hidden, (_request, reply) => {
    return reply.header('Content-Security-Policy', CONTENT_POLICY).type('text/html; charset=utf-8').send(streamsPage);
  });
  await app.register(scalar, {
    routePrefix: '/docs',
    hooks: {
      onRequest: (_request, reply, done) => {
        reply.header('Content-Security-Policy', CONTENT_POLICY);
        done();
      },
    },
    configuration: {
      url: '/openapi.json',
      pageTitle: facts.title,
      withDefaultFonts: false,
      telemetry: false,
      // Both send the document to the makers of the page.
      agent: { disabled: true },
      showDeveloperTools: 'never',
      hideClientButton: true,
      theme: 'default',
    },
  });
}
