import { childOf, childrenOf, isReference, lastNameOf, type Node, textOf, walk } from './node.ts';
import type { Report, SourceRule } from './rule.ts';
import { isCodeOf } from './source.ts';

/** Packages in which nothing happens that a replay could not repeat. */
export const PURE_PACKAGES = ['units', 'math', 'protocol', 'core', 'projections', 'compliance'];

const GLOBALS: Record<string, string> = {
  Date: 'time is an argument',
  performance: 'time is an argument',
  Intl: 'locales differ between machines',
  setTimeout: 'pure code has no timers',
  setInterval: 'pure code has no timers',
  setImmediate: 'pure code has no timers',
  queueMicrotask: 'pure code has no timers',
  Promise: 'pure code is not async',
  parseFloat: 'parse integers exactly',
  process: 'configuration is an argument',
  console: 'pure code writes nothing',
  crypto: 'randomness is an argument',
  fetch: 'pure code does no I/O',
};

// Results of these may differ between engines in the last bit. Math.sqrt is exact.
const INEXACT = 'pow exp expm1 log log2 log10 log1p sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh cbrt hypot'.split(
  ' ',
);

const METHODS: Record<string, string> = {
  toFixed: 'it rounds doubles; format integers',
  toPrecision: 'it rounds doubles; format integers',
  toExponential: 'it rounds doubles; format integers',
  toLocaleString: 'locales differ between machines',
  localeCompare: 'locales differ between machines; compare code units',
};

const appliesTo = (path: string): boolean => isCodeOf(path, PURE_PACKAGES);

/** Pure code uses no clock, randomness, timer, locale, inexact function or text of doubles. */
export const pureGlobals: SourceRule = {
  name: 'pure',
  appliesTo,
  check(source, report) {
    walk(source.root, (node, parent, field) => {
      if (node.type === 'Identifier') checkIdentifier(node, parent, field, report);
      else if (node.type === 'MemberExpression') checkMember(node, report);
      else if (node.type === 'CallExpression') checkSort(node, report);
      else if (node.type === 'BinaryExpression') checkPower(node, report);
      else if (node.type === 'ForInStatement') report(node.start, 'no for..in: it walks the prototype and its order surprises');
    });
  },
};

function checkIdentifier(node: Node, parent: Node | undefined, field: string, report: Report): void {
  const name = textOf(node, 'name') ?? '';
  if (Object.hasOwn(GLOBALS, name) && isReference(parent, field)) report(node.start, `no ${name}: ${GLOBALS[name]}`);
}

function checkMember(node: Node, report: Report): void {
  const object = textOf(childOf(node, 'object'), 'name');
  const property = textOf(childOf(node, 'property'), 'name') ?? '';
  if (object === 'Math' && property === 'random') report(node.start, 'no Math.random: randomness is an argument');
  else if (object === 'Math' && INEXACT.includes(property)) report(node.start, `no Math.${property}: engines differ in the last bit`);
  else if (object === 'JSON' && property === 'stringify')
    report(node.start, 'no JSON.stringify: hashed data has one written form, the codec');
  else if (object === 'Number' && property === 'parseFloat') report(node.start, 'no parseFloat: parse integers exactly');
  else if (Object.hasOwn(METHODS, property)) report(node.start, `no ${property}: ${METHODS[property]}`);
}

function checkSort(node: Node, report: Report): void {
  const callee = childOf(node, 'callee');
  const isSort = callee?.type === 'MemberExpression' && ['sort', 'toSorted'].includes(lastNameOf(callee) ?? '');
  // A typed array sorts by number without a comparator, but its reader cannot see that it is one.
  if (isSort && childrenOf(node, 'arguments').length === 0) report(node.start, 'sort needs a comparator: without one numbers sort as text');
}

function checkPower(node: Node, report: Report): void {
  if (node['operator'] !== '**') return;
  const isBigint = (side: Node | undefined): boolean => side?.type === 'Literal' && typeof side['value'] === 'bigint';
  const sides = [childOf(node, 'left'), childOf(node, 'right')];
  if (sides.some(isBigint) || sides.every((side) => side?.type === 'Literal')) return;
  report(node.start, 'no ** on doubles: engines differ in the last bit; write Number(10n ** BigInt(n))');
}

/** Pure code is not async. */
export const pureAsync: SourceRule = {
  name: 'pure-async',
  appliesTo,
  check(source, report) {
    walk(source.root, (node) => {
      const isAsync = node['async'] === true || (node.type === 'ForOfStatement' && node['await'] === true);
      if (isAsync || node.type === 'AwaitExpression' || node.type === 'ImportExpression') report(node.start, 'pure code is not async');
    });
  },
};
