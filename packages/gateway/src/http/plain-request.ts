/**
 * Recognises whole, simple requests of a few routes in the bytes of a connection. It is no parser: it knows one spelling of a
 * request, the one that clients write, and says nothing about any other. What it does not recognise is left, byte for byte, to
 * Node's parser.
 */

/** The headers of a plain request that something depends on. */
export type PlainHeaders = {
  readonly 'x-api-key': string | undefined;
  readonly 'x-signature': string | undefined;
  readonly 'x-timestamp': string | undefined;
  readonly 'x-window': string | undefined;
  readonly 'x-idempotency-key': string | undefined;
};

/** A request that was recognised. */
export type PlainRequest<Target> = {
  readonly target: Target;
  readonly headers: PlainHeaders;
  /** The body as text. */
  readonly body: string;
  /** Where the next request begins. */
  readonly end: number;
};

/** What is recognised. */
export type PlainRules<Target> = {
  /** By request line, such as `POST /api/v1/order HTTP/1.1`. */
  readonly targets: ReadonlyMap<string, Target>;
  readonly headerBytesMax: number;
  readonly bodyBytesMax: number;
};

/** A type of bodies that says JSON in UTF-8 and nothing else. */
export const PLAIN_TYPE = /^application\/json(?:; ?charset=utf-8)?$/i;
/** The one spelling of a length; a body has at least a byte. */
export const PLAIN_LENGTH = /^[1-9]\d{0,8}$/;

/** Headers that are read, in the order of their numbers; behind them those that change nothing. Any other is not plain. */
const READ = ['host', 'content-length', 'content-type', 'connection'] as const;
const SIGNED = ['x-api-key', 'x-signature', 'x-timestamp', 'x-window', 'x-idempotency-key'] as const;
const HARMLESS = [
  ...['accept', 'accept-encoding', 'accept-language', 'user-agent', 'origin', 'referer', 'cache-control', 'pragma', 'priority', 'dnt'],
  ...['sec-fetch-dest', 'sec-fetch-mode', 'sec-fetch-site', 'x-broker-id', 'x-broker-key'],
];
const NAMES: readonly string[] = [...READ, ...SIGNED, ...HARMLESS];
const NUMBERS: ReadonlyMap<string, number> = new Map(NAMES.map((name, number) => [name, number]));

const NO_VALUES: readonly (string | undefined)[] = NAMES.map(() => undefined);

/** A name as somebody spelt it, with its colon. */
type KnownName = { readonly spelt: string; readonly number: number };

/** The name that stood in each line last time: clients write the same lines again and again, and comparing is cheaper than hashing. */
const usualNames: KnownName[] = [];
const USUAL_MAX = NAMES.length;

const HEAD_END = Buffer.from('\r\n\r\n');
const LINE_END = '\r\n';
/** Lines of visible ASCII and spaces: no other control, no lone CR or LF, no byte above 126. */
const LINES = /^(?:[\x20-\x7e]+\r\n)+$/;
const SPACE = 0x20;

/**
 * Recognises the request that begins at `from`.
 *
 * @param bytes what arrived
 * @param from where a request begins
 * @param rules targets and bounds
 * @returns the request, or null for one that is not whole yet, of another spelling, or of another route
 */
export function readPlainRequest<Target>(bytes: Buffer, from: number, rules: PlainRules<Target>): PlainRequest<Target> | null {
  const headEnd = bytes.indexOf(HEAD_END, from);
  if (headEnd < 0 || headEnd - from > rules.headerBytesMax) return null;
  const head = bytes.toString('latin1', from, headEnd + LINE_END.length);
  const lineEnd = head.indexOf(LINE_END);
  const target = rules.targets.get(head.slice(0, lineEnd));
  if (target === undefined || !LINES.test(head)) return null;
  const values = readHeaders(head, lineEnd + LINE_END.length);
  if (values === null) return null;
  const [host, length, type, connection, apiKey, signature, timestamp, window, idempotencyKey] = values;
  if (host === undefined || length === undefined || type === undefined || !PLAIN_LENGTH.test(length) || !PLAIN_TYPE.test(type)) return null;
  if (connection !== undefined && connection.toLowerCase() !== 'keep-alive') return null;
  const bodyAt = headEnd + HEAD_END.length;
  const end = bodyAt + Number(length);
  if (Number(length) > rules.bodyBytesMax || end > bytes.length) return null;
  const headers = {
    'x-api-key': apiKey,
    'x-signature': signature,
    'x-timestamp': timestamp,
    'x-window': window,
    'x-idempotency-key': idempotencyKey,
  };
  return { target, headers, body: bytes.toString('utf8', bodyAt, end), end };
}

/** Values by the number of their header; null when one is not known, comes twice, or is not spelt simply. */
function readHeaders(head: string, from: number): (string | undefined)[] | null {
  const values = [...NO_VALUES];
  let line = 0;
  for (let at = from; at < head.length; line += 1) {
    const end = head.indexOf(LINE_END, at);
    const name = nameAt(head, at, line);
    if (name === null) return null;
    const colon = at + name.spelt.length - 1;
    const begin = head.charCodeAt(colon + 1) === SPACE ? colon + 2 : colon + 1;
    if (values[name.number] !== undefined || !isTrimmed(head, begin, end)) return null;
    values[name.number] = head.slice(begin, end);
    at = end + LINE_END.length;
  }
  return values;
}

/** The name that begins at `at`; null for one that is not known. */
function nameAt(head: string, at: number, line: number): KnownName | null {
  const usual = usualNames[line];
  if (usual !== undefined && head.startsWith(usual.spelt, at)) return usual;
  const colon = head.indexOf(':', at);
  // A line without a colon finds one further on, or none: either way it has no name that is known.
  const name = head.slice(at, colon);
  const number = NUMBERS.get(name) ?? NUMBERS.get(name.toLowerCase());
  if (number === undefined) return null;
  const known = { spelt: `${name}:`, number };
  if (line < USUAL_MAX) usualNames[line] = known;
  return known;
}

/** Something stands there, and neither begins nor ends with a space. */
function isTrimmed(head: string, begin: number, end: number): boolean {
  return begin < end && head.charCodeAt(begin) !== SPACE && head.charCodeAt(end - 1) !== SPACE;
}
