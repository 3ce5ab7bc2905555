import { parseSync } from 'oxc-parser';
import { isNode, type Node } from './node.ts';

/** A comment; `value` is its text without the marks. */
export interface Comment {
  type: 'Line' | 'Block';
  value: string;
  start: number;
  end: number;
}

/** A TypeScript file, parsed. */
export interface Source {
  /** Path from the root of the repository, with `/`. */
  path: string;
  text: string;
  root: Node;
  comments: readonly Comment[];
  /** Offset at which each line starts. */
  lineStarts: readonly number[];
}

/** A file is no TypeScript. */
export class ParseFault extends Error {
  override name = 'ParseFault';
}

/** Parses a file. @throws ParseFault when it is no TypeScript */
export function parseSource(path: string, text: string): Source {
  const { program, comments, errors } = parseSync(path, text);
  const root: unknown = program;
  const error = errors.find(({ severity }) => severity === 'Error');
  if (error !== undefined || !isNode(root)) throw new ParseFault(`${path} does not parse: ${error?.message ?? 'no program'}`);
  return { path, text, root, comments, lineStarts: findLineStarts(text) };
}

function findLineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The number of the line, from 1, in which an offset lies. */
export function lineAt({ lineStarts }: Pick<Source, 'lineStarts'>, offset: number): number {
  const after = lineStarts.findIndex((start) => start > offset);
  return after === -1 ? lineStarts.length : after;
}

/** Whether a path is a test, a benchmark, a conformance suite or made for tests: it stands beside the code. */
export function isBesideTheCode(path: string): boolean {
  return /\.(test|test-worker|bench)\.ts$/.test(path) || /\/src\/(conformance|testing|model)\//.test(path);
}

/** Whether a path is code (not a test) of one of these packages. */
export function isCodeOf(path: string, packages: readonly string[]): boolean {
  return !isBesideTheCode(path) && packages.some((name) => path.startsWith(`packages/${name}/src/`));
}
