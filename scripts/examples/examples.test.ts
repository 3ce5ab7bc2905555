import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isBesideTheCode } from '../tidy/source.ts';
import { type Example, evaluate, findExamples } from './find-examples.ts';

const ROOT = new URL('../..', import.meta.url);
// In core, runtime and gateway most examples need a venue around them; they are for readers.
const EXAMPLES_OF = /^packages\/(units|math|protocol|projections|ports|sdk)\/src\/.*\.ts$/;

function listExamples(): Example[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z', 'packages'], {
    cwd: fileURLToPath(ROOT),
  });
  const paths = listed
    .toString('utf8')
    .split('\0')
    .filter((path) => EXAMPLES_OF.test(path) && !isBesideTheCode(path));
  return paths
    .filter((path) => existsSync(new URL(path, ROOT)))
    .flatMap((path) => findExamples(path, readFileSync(new URL(path, ROOT), 'utf8')));
}

/** What an example may name: what its file and its package export, and the units. */
async function scopeOf(path: string): Promise<Record<string, unknown>> {
  const face = path.replace(/\/src\/.*$/, '/src/index.ts');
  const [units, whole, own] = await Promise.all(['packages/units/src/index.ts', face, path].map((file) => importFile(file)));
  return { ...units, ...whole, ...own };
}

async function importFile(path: string): Promise<Record<string, unknown>> {
  return await import(pathToFileURL(fileURLToPath(new URL(path, ROOT))).href);
}

describe('the examples of docstrings', () => {
  const examples = listExamples();

  it('are there', () => {
    expect(examples.length).toBeGreaterThan(20);
  });

  it.each(examples)('$path:$line $expression', async ({ path, expression, value }) => {
    const scope = await scopeOf(path);
    if (value === 'throws') expect(() => evaluate(expression, scope)).toThrow();
    else expect(evaluate(expression, scope)).toEqual(evaluate(value, scope));
  });
});

describe('findExamples', () => {
  it('finds what states its value on one line, with its line', () => {
    const text =
      '/**\n * Adds.\n *\n * @example add(1, 2) // 3\n * @example sub(1, 2) // -1\n */\nexport const add = 1;\n/** @example one() // 1 */\nconst one = 2;\n';
    expect(findExamples('x.ts', text)).toEqual([
      { path: 'x.ts', line: 4, expression: 'add(1, 2)', value: '3' },
      { path: 'x.ts', line: 5, expression: 'sub(1, 2)', value: '-1' },
      { path: 'x.ts', line: 8, expression: 'one()', value: '1' },
    ]);
  });

  it('leaves longer examples and plain comments alone', () => {
    expect(findExamples('x.ts', '/** @example\n * start();\n * stop(); // later\n */\n// @example add(1, 2) // 3\nf();')).toEqual([]);
  });
});

describe('evaluate', () => {
  it('knows the names of the scope and tells right from wrong', () => {
    expect(evaluate('add(1, 2)', { add: (a: number, b: number) => a + b })).toBe(3);
    expect(evaluate('{ a: 1n }', {})).toEqual({ a: 1n });
    expect(() => evaluate('absent(1)', {})).toThrow('absent');
  });
});
