/** What a route is made of. One file per route defines one; `registerRoutes` puts them to work. */
import { INSTRUCTIONS, type SignedRoute as SignedRouteName } from '@mochila/protocol';
import { z } from 'zod';
import type { Hash96 } from '../auth/hash96.ts';
import type { KeyRecord, PermissionWord } from '../auth/key-directory.ts';
import type { SignedRequest } from '../auth/signed-request.ts';
import { ApiError } from '../errors/api-error.ts';
import { apiErrorOfZod, type RequestPart } from '../errors/error-of-issues.ts';
import { NO_VALUES } from '../http/parse-query.ts';
import type { Lane } from '../limits/request-limits.ts';
import type { GatewayServices } from '../services.ts';

/** Heading under which a route stands in the documents. */
export type Area =
  | 'System'
  | 'Assets'
  | 'Markets'
  | 'Trades'
  | 'Account'
  | 'Capital'
  | 'Borrow Lend'
  | 'Order'
  | 'Position'
  | 'History'
  | 'RFQ'
  | 'Strategy'
  | 'Vaults'
  | 'Sandbox';

/** How an answer is sent: as JSON, as it is, or without a body. */
export type AnswerFormat = 'json' | 'text' | 'empty';

/** Who signed a request. */
export type Caller = KeyRecord & {
  readonly apiKey: string;
  readonly request: SignedRequest;
  /** Hash of X-Idempotency-Key; both halves 0 without one. */
  readonly idempotency: Hash96;
};

/** What every handler is given beside its query and body. */
export type RequestContext = {
  readonly services: GatewayServices;
  /** Wall clock in Unix milliseconds at the arrival of the request. */
  readonly nowMs: number;
  /** Key of the network address of the sender. */
  readonly address: string;
  /** Sets a header of the answer. */
  readonly setHeader: (name: string, value: string) => void;
};

/** What a handler answers: the value, or why not. It may throw an ApiError as well. */
export type HandlerResult<Answer> = Answer | ApiError | Promise<Answer | ApiError>;

/** For routes without parameters. */
export const NO_QUERY = z.object({});
/** For routes without a body. */
export const NO_BODY = z.unknown();
/** For routes that answer nothing but success. */
export const NO_ANSWER = z.undefined();

/** What the definitions of all routes have in common. */
type Parts<Query extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType> = {
  readonly area: Area;
  /** One line for the documents. */
  readonly summary: string;
  readonly description?: string;
  readonly query: Query;
  readonly body: Body;
  readonly answer: Answer;
  /** JSON when absent. */
  readonly format?: AnswerFormat;
  /** Budget that a request is counted against; general when absent. */
  readonly lane?: Lane | ((body: z.output<Body>) => Lane);
};

type PublicDefinition<Query extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType> = Parts<Query, Body, Answer> & {
  /** Method and path, such as `GET /api/v1/time`. */
  readonly route: `${'GET' | 'POST'} /${string}`;
  readonly handle: (context: RequestContext & { query: z.output<Query>; body: z.output<Body> }) => HandlerResult<z.input<Answer>>;
};

type SignedDefinition<Query extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType> = Parts<Query, Body, Answer> & {
  /** Method and path; the word to sign follows from them. */
  readonly route: SignedRouteName;
  readonly permission: PermissionWord;
  /** What the documents say of the body, where `body` leaves more to the handler to judge. */
  readonly documentedBody?: z.ZodType;
  /** Recognises bodies that the schema takes as they are; all others are the schema's to judge. */
  readonly isPlainBody?: (body: unknown) => body is z.output<Body>;
  readonly handle: (
    context: RequestContext & { query: z.output<Query>; body: z.output<Body>; caller: Caller },
  ) => HandlerResult<z.input<Answer>>;
};

/** A request whose shape was found good. */
export type Prepared<Run> = { readonly lane: Lane; readonly run: Run };

type RouteFace = {
  readonly method: string;
  readonly path: string;
  readonly area: Area;
  readonly summary: string;
  readonly description: string;
  readonly query: z.ZodType;
  readonly body: z.ZodType;
  readonly answer: z.ZodType;
  readonly format: AnswerFormat;
};

/** A route that anybody may ask. */
export type PublicRoute = RouteFace & {
  readonly access: null;
  readonly prepare: (query: unknown, body: unknown) => Prepared<(context: RequestContext) => HandlerResult<unknown>> | ApiError;
};

/** A route that wants to see a signature. */
export type SignedRoute = RouteFace & {
  readonly access: { readonly instruction: string; readonly permission: PermissionWord };
  readonly prepare: (
    query: unknown,
    body: unknown,
  ) => Prepared<(context: RequestContext, caller: Caller) => HandlerResult<unknown>> | ApiError;
};

/** Any route. */
export type Route = PublicRoute | SignedRoute;

/**
 * Defines a route that anybody may ask.
 *
 * @param definition what it takes, what it answers, and how
 * @example
 * export const readTime = definePublicRoute({
 *   route: 'GET /api/v1/time', area: 'System', summary: 'Clock of the venue.',
 *   query: NO_QUERY, body: NO_BODY, answer: z.string(), format: 'text',
 *   handle: ({ nowMs }) => String(nowMs),
 * });
 */
export function definePublicRoute<Query extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType>(
  definition: PublicDefinition<Query, Body, Answer>,
): PublicRoute {
  const noQuery = parseNoQuery(definition.query);
  return {
    ...faceOf(definition),
    access: null,
    prepare: (rawQuery, rawBody) => {
      const parsed = parseParts(definition, noQuery, rawQuery, rawBody);
      if (parsed instanceof ApiError) return parsed;
      return { lane: laneOf(definition, parsed.body), run: (context) => definition.handle({ ...context, ...parsed }) };
    },
  };
}

/**
 * Defines a route that wants to see a signature.
 *
 * @param definition what it takes, what a key needs for it, what it answers, and how
 */
export function defineSignedRoute<Query extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType>(
  definition: SignedDefinition<Query, Body, Answer>,
): SignedRoute {
  const noQuery = parseNoQuery(definition.query);
  return {
    ...faceOf({ ...definition, body: definition.documentedBody ?? definition.body }),
    access: { instruction: INSTRUCTIONS[definition.route], permission: definition.permission },
    prepare: (rawQuery, rawBody) => {
      const parsed = parseParts(definition, noQuery, rawQuery, rawBody);
      if (parsed instanceof ApiError) return parsed;
      const { query, body } = parsed;
      const run = ({ services, nowMs, address, setHeader }: RequestContext, caller: Caller): HandlerResult<unknown> =>
        definition.handle({ services, nowMs, address, setHeader, query, body, caller });
      return { lane: laneOf(definition, body), run };
    },
  };
}

function faceOf(definition: Omit<Parts<z.ZodType, z.ZodType, z.ZodType>, 'lane'> & { readonly route: string }): RouteFace {
  const [method = '', path = ''] = definition.route.split(' ');
  const { area, summary, description = '', query, body, answer, format = 'json' } = definition;
  return { method, path, area, summary, description, query, body, answer, format };
}

function parseParts<Query extends z.ZodType, Body extends z.ZodType>(
  schemas: { readonly query: Query; readonly body: Body; readonly isPlainBody?: (body: unknown) => body is z.output<Body> },
  noQuery: { readonly value: z.output<Query> } | null,
  rawQuery: unknown,
  rawBody: unknown,
): { query: z.output<Query>; body: z.output<Body> } | ApiError {
  const query = rawQuery === NO_VALUES && noQuery !== null ? noQuery : parsePart(schemas.query, rawQuery, 'query');
  if (query instanceof ApiError) return query;
  if (schemas.isPlainBody?.(rawBody) === true) return { query: query.value, body: rawBody };
  const body = parsePart(schemas.body, withoutNulls(rawBody), 'body');
  if (body instanceof ApiError) return body;
  return { query: query.value, body: body.value };
}

/**
 * Reads a part of a request.
 *
 * @param part its name, for the words of a refusal
 * @returns its value, or the first code and up to three rules that it broke
 */
export function parsePart<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  part: RequestPart,
): { value: z.output<Schema> } | ApiError {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { value: parsed.data };
  // Once more, for the values that the refusal shows.
  const { error } = schema.safeParse(value, { reportInput: true });
  return apiErrorOfZod(error ?? parsed.error, part);
}

/** What a query without parameters is read as, once for all requests; null for one that must have some. */
function parseNoQuery<Query extends z.ZodType>(schema: Query): { readonly value: z.output<Query> } | null {
  const { success, data } = schema.safeParse(NO_VALUES);
  if (!success) return null;
  // One for all requests: nobody may change it.
  Object.freeze(data);
  return { value: data };
}

/** Some clients write null for what they leave out; a missing body is one without fields. */
function withoutNulls(body: unknown): unknown {
  if (body === undefined) return {};
  if (Array.isArray(body)) return body.map(withoutNulls);
  if (typeof body !== 'object' || body === null || !Object.values(body).includes(null)) return body;
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
}

function laneOf<Body extends z.ZodType>(
  definition: { readonly lane?: Lane | ((body: z.output<Body>) => Lane) },
  body: z.output<Body>,
): Lane {
  const { lane = 'general' } = definition;
  return typeof lane === 'function' ? lane(body) : lane;
}
