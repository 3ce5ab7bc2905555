import { childOf, childrenOf, lastNameOf, type Node, textOf, walk } from './node.ts';
import type { Report, SourceRule } from './rule.ts';
import { isCodeOf, type Source } from './source.ts';

const COLLECTIONS = ['Map', 'Set', 'ReadonlyMap', 'ReadonlySet'];
const ITERATIONS = ['forEach', 'keys', 'values', 'entries'];

/**
 * In core nobody iterates over a Map or a Set: after a restore the order of insertion may be another.
 *
 * The rule knows a collection by its name: a variable, a parameter, a property or a function that is declared or made as one.
 */
export const mapOrder: SourceRule = {
  name: 'map-order',
  // A reference is read and compared in tests; it never runs on a journal.
  appliesTo: (path) => isCodeOf(path, ['core']) && !path.endsWith('.reference.ts'),
  check(source, report) {
    const names = findCollectionNames(source);
    const isCollection = (node: Node | undefined): boolean => isNewCollection(node) || names.has(lastNameOf(node) ?? '');
    walk(source.root, (node) => {
      const iterated = iteratedBy(node);
      if (iterated !== undefined && isCollection(iterated)) tell(node, report);
    });
  },
};

function tell(node: Node, report: Report): void {
  report(node.start, 'no iteration over a Map or Set in core: its order may differ after a restore; iterate over an array of rows');
}

/** What a node iterates over, if it iterates. */
function iteratedBy(node: Node): Node | undefined {
  if (node.type === 'ForOfStatement') return childOf(node, 'right');
  if (node.type === 'SpreadElement') return childOf(node, 'argument');
  if (node.type !== 'CallExpression') return undefined;
  const callee = childOf(node, 'callee');
  const name = callee?.type === 'MemberExpression' ? (lastNameOf(callee) ?? '') : '';
  if (ITERATIONS.includes(name)) return childOf(callee, 'object');
  const isArrayFrom = name === 'from' && textOf(childOf(callee, 'object'), 'name') === 'Array';
  return isArrayFrom ? childrenOf(node, 'arguments')[0] : undefined;
}

function findCollectionNames({ root }: Source): Set<string> {
  const names = new Set<string>();
  walk(root, (node) => {
    const name = nameOfDeclared(node);
    if (name !== undefined && (isCollectionType(node) || isNewCollection(childOf(node, 'init') ?? childOf(node, 'value')))) names.add(name);
  });
  return names;
}

function nameOfDeclared(node: Node): string | undefined {
  return textOf(node, 'name') ?? textOf(childOf(node, 'id') ?? childOf(node, 'key'), 'name');
}

/** Whether the node, its name or its result is annotated as a collection. */
function isCollectionType(node: Node): boolean {
  return [childOf(node, 'typeAnnotation'), childOf(childOf(node, 'id'), 'typeAnnotation'), childOf(node, 'returnType')].some(
    (annotation) => {
      const type = childOf(annotation, 'typeAnnotation');
      return type?.type === 'TSTypeReference' && COLLECTIONS.includes(textOf(childOf(type, 'typeName'), 'name') ?? '');
    },
  );
}

function isNewCollection(node: Node | undefined): boolean {
  return node?.type === 'NewExpression' && COLLECTIONS.includes(textOf(childOf(node, 'callee'), 'name') ?? '');
}
