/** Reads JSON strictly and remembers where every value stands, so that a wrong one can be shown with its line. */

/** A place in a text, both from 1. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** A text that is not JSON: where it stops making sense, and what was expected. */
export class JsonTextFault extends Error {
  override name = 'JsonTextFault';
  readonly position: TextPosition;

  constructor(message: string, position: TextPosition) {
    super(message);
    this.position = position;
  }
}

/** A parsed text: its value and the place of each value by path, such as `venue.feeTiers[0].volumeUsd`; `''` is the whole. */
export interface JsonText {
  readonly value: unknown;
  readonly positions: ReadonlyMap<string, TextPosition>;
}

interface Reading {
  readonly text: string;
  at: number;
  readonly positions: Map<string, TextPosition>;
}

const DEPTH_MAX = 32;
const STRING = /"(?:[^"\\]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SPACE = /[ \t\r\n]*/y;
const LITERALS = [
  ['true', true],
  ['false', false],
  ['null', null],
] as const;

/**
 * Parses a JSON text. Names that stand twice in one object are refused: one of them would be lost.
 *
 * @throws JsonTextFault with the line
 */
export function parseJsonText(text: string): JsonText {
  const reading: Reading = { text, at: text.startsWith('\ufeff') ? 1 : 0, positions: new Map() };
  const value = readValue(reading, '', 0);
  skipSpace(reading);
  if (reading.at < text.length) fail(reading, 'the end of the text');
  return { value, positions: reading.positions };
}

/** Joins the path of a value to that of its parent. @example joinPath('a', 'b') // 'a.b' */
export function joinPath(parent: string, name: string): string {
  return parent === '' ? name : `${parent}.${name}`;
}

function readValue(reading: Reading, path: string, depth: number): unknown {
  skipSpace(reading);
  reading.positions.set(path, positionAt(reading.text, reading.at));
  if (depth > DEPTH_MAX) fail(reading, `at most ${DEPTH_MAX} objects and lists in each other`);
  const next = reading.text[reading.at];
  if (next === '{') return readObject(reading, path, depth);
  if (next === '[') return readList(reading, path, depth);
  if (next === '"') return readString(reading);
  for (const [word, value] of LITERALS) {
    if (!reading.text.startsWith(word, reading.at)) continue;
    reading.at += word.length;
    return value;
  }
  const digits = match(reading, NUMBER);
  if (digits === '') fail(reading, 'a value');
  return Number(digits);
}

function readObject(reading: Reading, path: string, depth: number): unknown {
  const entries = new Map<string, unknown>();
  reading.at += 1;
  if (take(reading, '}')) return {};
  for (;;) {
    skipSpace(reading);
    if (reading.text[reading.at] !== '"') fail(reading, 'a name in double quotes');
    const nameAt = reading.at;
    const name = readString(reading);
    if (entries.has(name)) throw new JsonTextFault(`"${name}" stands twice in one object`, positionAt(reading.text, nameAt));
    if (!take(reading, ':')) fail(reading, '":"');
    entries.set(name, readValue(reading, joinPath(path, name), depth + 1));
    if (take(reading, '}')) return Object.fromEntries(entries);
    if (!take(reading, ',')) fail(reading, '"," or "}"');
  }
}

function readList(reading: Reading, path: string, depth: number): unknown[] {
  const values: unknown[] = [];
  reading.at += 1;
  if (take(reading, ']')) return values;
  for (;;) {
    values.push(readValue(reading, `${path}[${values.length}]`, depth + 1));
    if (take(reading, ']')) return values;
    if (!take(reading, ',')) fail(reading, '"," or "]"');
  }
}

function readString(reading: Reading): string {
  const start = reading.at;
  const quoted = match(reading, STRING);
  const isOneLine = [...quoted].every((character) => character >= ' ');
  if (!isOneLine) reading.at = start;
  const value: unknown = quoted === '' || !isOneLine ? null : JSON.parse(quoted);
  return typeof value === 'string' ? value : fail(reading, 'a string that ends on its line, with escapes as JSON has them');
}

function take(reading: Reading, character: string): boolean {
  skipSpace(reading);
  if (reading.text[reading.at] !== character) return false;
  reading.at += 1;
  return true;
}

function skipSpace(reading: Reading): void {
  match(reading, SPACE);
}

function match(reading: Reading, pattern: RegExp): string {
  pattern.lastIndex = reading.at;
  const found = pattern.exec(reading.text)?.[0] ?? '';
  reading.at += found.length;
  return found;
}

function fail({ text, at }: Reading, expected: string): never {
  const found = at < text.length ? `"${text.slice(at, at + 12).split('\n')[0]}"` : 'the end of the text';
  throw new JsonTextFault(`expected ${expected}, found ${found}`, positionAt(text, at));
}

function positionAt(text: string, at: number): TextPosition {
  let line = 1;
  let start = 0;
  for (let newline = text.indexOf('\n'); newline >= 0 && newline < at; newline = text.indexOf('\n', newline + 1)) {
    line += 1;
    start = newline + 1;
  }
  return { line, column: at - start + 1 };
}
