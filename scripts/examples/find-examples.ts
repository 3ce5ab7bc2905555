import { parseSource } from '../tidy/source.ts';

/** An example of a docstring that states its value: `@example addOne(1) // 2`. */
export interface Example {
  path: string;
  line: number;
  expression: string;
  /** What stands after the two slashes: an expression, or `throws`. */
  value: string;
}

const ONE_LINE = /@example[ \t]+([^\n]*?)[ \t]+\/\/[ \t]+([^\n]*?)[ \t]*(?:\*?\/?)$/gm;

/** Finds the examples of a file that state their value on the same line; longer ones are for readers only. */
export function findExamples(path: string, text: string): Example[] {
  const { comments } = parseSource(path, text);
  return comments
    .filter(({ type, value }) => type === 'Block' && value.startsWith('*'))
    .flatMap(({ value, start }) =>
      [...value.matchAll(ONE_LINE)].map(({ 1: expression = '', 2: stated = '', index }) => {
        const line = text.slice(0, start + 2 + index).split('\n').length;
        return { path, line, expression, value: stated };
      }),
    );
}

/** Evaluates an expression in which the names of `scope` are known. */
export function evaluate(expression: string, scope: Readonly<Record<string, unknown>>): unknown {
  const names = Object.keys(scope).filter((name) => name !== 'default');
  return new Function(...names, `'use strict'; return (${expression});`)(...names.map((name) => scope[name]));
}
