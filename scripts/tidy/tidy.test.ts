import { describe, expect, it } from 'vitest';
import { judgeFiles, ruleNames } from './judge.ts';

const MATH = 'packages/math/src/plan.ts';
const CORE = 'packages/core/src/plan.ts';
const HANDLER = 'packages/core/src/commands/plan.ts';
const GATEWAY = 'packages/gateway/src/plan.ts';
const TEST = 'packages/math/src/plan.test.ts';
const tmp = ['', 'tmp', 'x.txt'].join('/');

/** The rules that object to one file. */
function rulesAgainst(path: string, text: string): string[] {
  return judgeFiles([{ path, text }]).map((finding) => finding.rule);
}

const functionOf = (lines: number): string => `function long(): void {\n${'  //\n'.repeat(lines - 2)}}\n`;

/** Violations: the rule, the file and its text. */
const violations: [string, string, string][] = [
  ['file-length', GATEWAY, '//\n'.repeat(401)],
  ['function-length', GATEWAY, functionOf(71)],
  ['function-length', 'packages/core/src/engine.ts', functionOf(71)],
  ['function-length', GATEWAY, `const long = () => {${'\n'.repeat(70)}};`],
  ['pure', MATH, 'const now = Date.now();'],
  ['pure', MATH, 'function f(at: Date): void {}'],
  ['pure', MATH, 'const now = performance.now();'],
  ['pure', MATH, 'const now = { performance };'],
  ['pure', MATH, 'const x = Math.random();'],
  ['pure', MATH, 'const x = Math.pow(a, 2);'],
  ['pure', MATH, 'const x = Math.exp(a);'],
  ['pure', MATH, 'const x = Math.log(a);'],
  ['pure', MATH, 'const x = Math.sin(a);'],
  ['pure', MATH, 'const x = a ** b;'],
  ['pure', MATH, 'setTimeout(f, 1);'],
  ['pure', MATH, 'new Intl.NumberFormat();'],
  ['pure', MATH, 'parseFloat(text);'],
  ['pure', MATH, 'Number.parseFloat(text);'],
  ['pure', MATH, 'x.toFixed(2);'],
  ['pure', MATH, 'a.localeCompare(b);'],
  ['pure', MATH, 'JSON.stringify(state);'],
  ['pure', MATH, 'rows.sort();'],
  ['pure', MATH, 'rows.toSorted();'],
  ['pure', MATH, 'for (const key in rows) f(key);'],
  ['pure', MATH, 'process.exit(1);'],
  ['pure-async', MATH, 'async function f(): Q {}'],
  ['pure-async', MATH, 'const f = async (): Q => 1;'],
  ['pure-async', MATH, "const m = import('./x.ts');"],
  ['pure-async', MATH, 'await f();'],
  ['map-order', CORE, 'function f(m: Map<A, B>): void { for (const x of m) g(x); }'],
  ['map-order', CORE, 'const m = new Set<A>();\nfor (const x of m.values()) g(x);'],
  ['map-order', CORE, 'interface S { rows: ReadonlyMap<A, B> }\nfunction f(s: S): void { s.rows.forEach(g); }'],
  ['map-order', CORE, 'const s = { rows: new Map() };\nconst list = [...s.rows];'],
  ['map-order', CORE, 'function rowsOf(): Set<A> { return r; }\nconst list = Array.from(rowsOf());'],
  ['map-order', CORE, 'for (const x of new Map(pairs)) g(x);'],
  ['unit-cast', CORE, 'const price = value as Ticks;'],
  ['unit-cast', GATEWAY, 'const price = f(value as AccountIx);'],
  ['double-cast', GATEWAY, 'const x = value as unknown as Foo;'],
  ['double-cast', GATEWAY, 'f(value as never);'],
  ['empty-catch', GATEWAY, 'try { f(); } catch {}'],
  ['empty-catch', GATEWAY, 'try { f(); } catch (error) { /* never mind */ }'],
  ['empty-catch', GATEWAY, 'f().catch(() => {});'],
  ['silenced-check', GATEWAY, '// @ts-ignore\nf();'],
  ['silenced-check', GATEWAY, '// @ts-expect-error it is late\nf();'],
  ['silenced-check', GATEWAY, '// biome-ignore lint/x/y\nf();'],
  ['constant-expectation', TEST, 'expect(true).toBe(true);'],
  ['fixed-seed', TEST, 'fc.assert(fc.property(a, f));'],
  ['fixed-seed', TEST, 'fc.check(fc.property(a, f), { numRuns: 5 });'],
  ['docstring', GATEWAY, 'export function f(): void {}'],
  ['docstring', GATEWAY, '// Not a docstring.\nexport const A = 1;'],
  ['docstring', GATEWAY, '/** Of the import. */\nimport "x";\nexport interface B {}'],
  ['handler-shape', HANDLER, '/** Plans. */\nexport function plan(state: State): Reject | null {\n  return null;\n}'],
  [
    'handler-shape',
    HANDLER,
    'function f(): R {\n  // Point of no return.\n  g();\n}\nfunction h(): R {\n  // Point of no return.\n  return reject(s, r);\n}',
  ],
  ['handler-shape', HANDLER, 'function f(): R {\n  // Point of no return.\n  if (a) { g(); }\n  return reject(rejects.x);\n}'],
  ['unfinished', GATEWAY, '// TODO: later'],
  ['unfinished', GATEWAY, '/* TODO(ana, 2026-01-31): no issue */'],
  ['unfinished', GATEWAY, '// FIXME(ana, 2026-01-31): broken, #7'],
  ['dangling-document', GATEWAY, '// see guide/absent.md'],
  ['dead-link', 'docs/plan.md', 'See [units](units.md).'],
  ['file-name', 'packages/gateway/src/utils.ts', ''],
  ['file-name', 'packages/gateway/src/helpers/plan.ts', ''],
  ['file-name', 'packages/gateway/src/order-manager.ts', ''],
  ['file-name', 'packages/gateway/src/placeOrder.ts', ''],
  ['inner-barrel', 'packages/gateway/src/rest/index.ts', ''],
  ['machine-path', GATEWAY, `const file = '${tmp}';`],
  ['machine-path', 'README.md', `See ${tmp}.`],
  ['registry-host', 'package-lock.json', '{\n"resolved": "https://registry.example/x.tgz"\n}'],
];

/** Texts that no rule objects to. */
const innocents: [string, string, string][] = [
  ['a file of 400 lines', GATEWAY, '//\n'.repeat(400)],
  ['a function of 70 lines', GATEWAY, functionOf(70)],
  ['the switch of the engine', 'packages/core/src/engine.ts', functionOf(90).replace('long', 'run')],
  ['a long test suite', TEST, `describe('x', () => {${'\n'.repeat(90)}});`],
  ['a long conformance suite', GATEWAY, `function describeX() {\n  describe('x', () => {${'\n'.repeat(90)}});\n}`],
  ['a clock outside pure packages', GATEWAY, 'const now = Date.now(); async function f(): Promise<void> { await g(); }'],
  ['a clock in a test', TEST, 'const now = Date.now();'],
  ['forbidden words in strings and comments', MATH, "// Date and Math.random\nconst text = 'Date.now() TODO';"],
  ['a property that has the name of a global', MATH, 'const x = { Date: 1 }; f(x.Date, x.performance);'],
  ['exact functions', MATH, 'const x = Math.sqrt(a) + Math.floor(b) + 2 ** 53; const y = 10n ** n;'],
  ['a sort with a comparator', MATH, 'rows.sort((a, b) => a - b);'],
  ['reading a Map by key', CORE, 'function f(m: Map<A, B>): B { return m.get(k); }'],
  ['iterating over an array', CORE, 'function f(rows: readonly A[]): void { for (const x of rows.values()) g(x, ...rows); }'],
  ['iterating over a Map outside core', GATEWAY, 'function f(m: Map<A, B>): void { for (const x of m) g(x); }'],
  ['a cast that is no unit', GATEWAY, "const x = ['a'] as const;"],
  ['a unit cast in units', 'packages/units/src/plan.ts', 'const x = value as Ticks;'],
  ['an error that is answered', GATEWAY, 'try { f(); } catch (error) { g(error); }'],
  ['a lint rule silenced with its reason', GATEWAY, '// biome-ignore lint/x/y: the types of the library are wrong here\nf();'],
  ['properties with a seed', TEST, 'fc.assert(p, { seed: 1 }); fc.assert(p, { ...RUNS, numRuns: 5 }); fc.assert(p, RUNS); x.assert(p);'],
  ['docstrings', GATEWAY, '/** F. */\nexport function f(a: A): void;\nexport function f(a: B): void;\n/** B. */\nexport interface B {}'],
  ['re-exports', 'packages/gateway/src/index.ts', "export { a } from './a.ts';"],
  ['a handler', HANDLER, 'function f(): R {\n  if (a) return reject(rejects.x);\n  // Point of no return.\n  write();\n}'],
  ['a handler that never refuses', HANDLER, '/** Plans. */\nexport function plan(state: State): void {}'],
  [
    'a part of a handler',
    HANDLER,
    '/** Checks. */\nexport function checkPlan(state: State): Reject | null {\n  return reject(state, r);\n}',
  ],
  ['file names with qualifiers', 'packages/core/src/book.property.test.ts', ''],
  ['what is left to do, signed', GATEWAY, '// TODO(ana, 2026-01-31): the other side, #7'],
  ['addresses', GATEWAY, "const url = 'http://127.0.0.1:1/home/page'; // https://example.org/work/x"],
];

describe('tidy', () => {
  it.each(violations)('%s objects in %s to %j', (rule, path, text) => {
    expect(rulesAgainst(path, text)).toContain(rule);
  });

  it.each(innocents)('objects to nothing in %s', (_what, path, text) => {
    expect(rulesAgainst(path, text)).toEqual([]);
  });

  it('has a planted violation for each rule', () => {
    expect(ruleNames.filter((name) => !violations.some(([rule]) => rule === name))).toEqual([]);
  });

  it('says of a file that is no TypeScript that it does not parse', () => {
    expect(rulesAgainst(MATH, 'const = ;')).toEqual(['parse']);
  });

  it('names the line', () => {
    expect(judgeFiles([{ path: MATH, text: '//\n//\nconst x = Math.random();\n' }])).toMatchObject([{ line: 3, path: MATH }]);
  });

  it('lets a comment refer to a document of the repository', () => {
    const files = [
      { path: 'docs/units.md', text: '' },
      { path: GATEWAY, text: '// see units.md and docs/units.md' },
    ];
    expect(judgeFiles(files)).toEqual([]);
  });
});

describe('a link', () => {
  it('may lead to a file, a folder, an anchor or the world', () => {
    const text = '[a](units.md#ticks) [b](../packages/units/) [c](../LICENSE) [d](#here) [e](https://example.org/x)';
    expect(judgeFiles([{ path: 'docs/plan.md', text }], ['docs/units.md', 'packages/units/src/index.ts', 'LICENSE'])).toEqual([]);
  });
});

describe('an exception', () => {
  it('covers its own line', () => {
    expect(rulesAgainst(MATH, 'rows.sort(); // tidy-allow: pure: rows is a typed array')).toEqual([]);
  });

  it('covers the next line when it stands alone', () => {
    expect(rulesAgainst(MATH, '// tidy-allow: pure: rows is a typed array\nrows.sort();')).toEqual([]);
  });

  it('covers a rule about the whole file from anywhere in it', () => {
    expect(rulesAgainst(GATEWAY, `${'//\n'.repeat(401)}// tidy-allow: file-length: one long table of codes`)).toEqual([]);
  });

  it('covers no other rule and no other line', () => {
    expect(rulesAgainst(MATH, '// tidy-allow: pure-async: rows is a typed array\nrows.sort();')).toEqual(['tidy-allow', 'pure']);
    expect(rulesAgainst(MATH, 'f(); // tidy-allow: pure: rows is a typed array\nrows.sort();')).toEqual(['tidy-allow', 'pure']);
  });

  it('needs a reason', () => {
    expect(rulesAgainst(MATH, '// tidy-allow: pure\nrows.sort();')).toEqual(['tidy-allow', 'pure']);
    expect(rulesAgainst(MATH, '// tidy-allow: pure: \nrows.sort();')).toEqual(['tidy-allow', 'pure']);
  });
});
