import { childOf, childrenOf, type Node, textOf, walk } from './node.ts';
import type { SourceRule } from './rule.ts';
import { lineAt, type Source } from './source.ts';

const FILE_LINES_MAX = 400;
const FUNCTION_LINES_MAX = 70;

/** Functions that are one switch or one table, and read best as one piece. Each entry is `path: name`. */
const LONG_FUNCTIONS: readonly string[] = ['packages/core/src/engine.ts: run'];

const FUNCTIONS = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'];

/** A file has at most 400 lines. */
export const fileLength: SourceRule = {
  name: 'file-length',
  appliesTo: () => true,
  check({ text, lineStarts }, report) {
    const count = text.endsWith('\n') ? lineStarts.length - 1 : lineStarts.length;
    if (count > FILE_LINES_MAX) report(-1, `${count} lines, at most ${FILE_LINES_MAX}: split it by idea`);
  },
};

/** A function has at most 70 lines; the body of a test suite is no function in this sense. */
export const functionLength: SourceRule = {
  name: 'function-length',
  appliesTo: () => true,
  check(source, report) {
    walk(source.root, (node, parent, field) => {
      if (!FUNCTIONS.includes(node.type) || isSuite(node, parent, field)) return;
      const lines = lineAt(source, node.end) - lineAt(source, node.start) + 1;
      const name = nameOfFunction(node, parent);
      if (lines <= FUNCTION_LINES_MAX || isListed(source, name)) return;
      report(node.start, `${name} has ${lines} lines, at most ${FUNCTION_LINES_MAX}: keep the decisions, move plain work to leaves`);
    });
  },
};

/** Whether a function is the body of `describe`, or calls `describe` itself, as conformance suites do. */
function isSuite(node: Node, parent: Node | undefined, field: string): boolean {
  const statements = childrenOf(childOf(node, 'body'), 'body');
  return (field === 'arguments' && isSuiteCall(parent)) || statements.some((statement) => isSuiteCall(childOf(statement, 'expression')));
}

/** Whether a node is `describe(...)`, `describe.each(...)(...)` or a variant of it. */
function isSuiteCall(node: Node | undefined): boolean {
  if (node?.type !== 'CallExpression') return false;
  const callee = childOf(node, 'callee');
  return textOf(callee, 'name') === 'describe' || textOf(childOf(callee, 'object'), 'name') === 'describe' || isSuiteCall(callee);
}

function nameOfFunction(node: Node, parent: Node | undefined): string {
  const named = childOf(node, 'id') ?? childOf(parent, 'id') ?? childOf(parent, 'key');
  return textOf(named, 'name') ?? 'a function';
}

function isListed({ path }: Source, name: string): boolean {
  return LONG_FUNCTIONS.includes(`${path}: ${name}`);
}
