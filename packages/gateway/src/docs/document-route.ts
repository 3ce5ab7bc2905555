/** What a route says about itself in the OpenAPI document. */
import { STATUS_CODES } from 'node:http';
import type { FastifySchema } from 'fastify';
import '@fastify/swagger';
import { z } from 'zod';
import { NO_BODY, NO_QUERY, type Route } from '../rest/route.ts';
import { ApiErrorResponse } from '../schemas/error-answer.ts';

/** Names of the security schemes of a signed request. */
export const SECURITY_SCHEMES = {
  apiKey: 'X-API-Key',
  timestamp: 'X-Timestamp',
  window: 'X-Window',
  signature: 'X-Signature',
} as const;

/** How the generator is told that an answer has no body. */
const NO_CONTENT = z.null().describe('Success; no body.');
const JSON_TYPE = 'application/json';
const PUBLIC_ERRORS = [400, 404, 429, 500, 503] as const;
const SIGNED_ERRORS = [400, 401, 403, 404, 429, 500, 503] as const;

/**
 * Describes a route for the document.
 *
 * @param route the route
 * @returns the schema that the document is generated from; nothing is validated by it
 */
export function documentRoute(route: Route): FastifySchema {
  return {
    tags: [route.area],
    summary: route.summary,
    description: describe(route),
    operationId: operationIdOf(route),
    ...(route.access === null ? {} : { security: [Object.fromEntries(Object.keys(SECURITY_SCHEMES).map((name) => [name, []]))] }),
    ...parametersOf(route),
    ...(route.body === NO_BODY ? {} : { body: route.body }),
    response: { 200: documentAnswer(route), ...documentErrors(route) },
  };
}

/** Parameters of the path apart from those of the query. */
function parametersOf({ path, query }: Route): FastifySchema {
  if (query === NO_QUERY) return {};
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  if (names.length === 0 || !(query instanceof z.ZodObject)) return { querystring: query };
  const fields = Object.entries(query.shape);
  const inPath = fields.filter(([name]) => names.includes(name));
  const others = fields.filter(([name]) => !names.includes(name));
  const params = z.object(Object.fromEntries(inPath));
  return others.length === 0 ? { params } : { params, querystring: z.object(Object.fromEntries(others)) };
}

function describe(route: Route): string {
  if (route.access === null) return route.description;
  const { instruction, permission } = route.access;
  return `${route.description}\n\nSigned with the instruction \`${instruction}\`; the key needs the permission \`${permission}\`.`.trim();
}

function documentAnswer(route: Route): object {
  const description = 'Success.';
  switch (route.format) {
    case 'empty':
      return NO_CONTENT;
    case 'text':
      return { description, content: { 'text/plain': { schema: route.answer } } };
    case 'json':
      return { description, content: { [JSON_TYPE]: { schema: route.answer } } };
  }
}

function documentErrors(route: Route): Record<number, object> {
  const statuses = route.access === null ? PUBLIC_ERRORS : SIGNED_ERRORS;
  return Object.fromEntries(
    statuses.map((status) => [status, { description: `${STATUS_CODES[status]}.`, content: { [JSON_TYPE]: { schema: ApiErrorResponse } } }]),
  );
}

/** The id by which generated clients name the call, such as `getApiV1Time`. */
function operationIdOf(route: Route): string {
  const words = route.path
    .replaceAll(/[{}]/g, '')
    .split('/')
    .filter((word) => word !== '');
  return route.method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
