import { visitorKeys } from 'oxc-parser';

/** A node of the syntax tree (ESTree with TypeScript); fields are read through the guards below. */
export interface Node {
  type: string;
  start: number;
  end: number;
  [field: string]: unknown;
}

/** Whether a field holds a node. */
export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** The node in a field, or undefined. */
export function childOf(node: Node | undefined, field: string): Node | undefined {
  const value = node?.[field];
  return isNode(value) ? value : undefined;
}

/** The nodes in a field that holds a list; holes are left out. */
export function childrenOf(node: Node | undefined, field: string): Node[] {
  const value = node?.[field];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** The text in a field, or undefined. */
export function textOf(node: Node | undefined, field: string): string | undefined {
  const value = node?.[field];
  return typeof value === 'string' ? value : undefined;
}

/** What to do at a node. `parent` is undefined at the root, `field` is where the parent holds the node. */
export type Visit = (node: Node, parent: Node | undefined, field: string) => void;

/** Visits a tree, parents first, in the order of the text. */
export function walk(node: Node, visit: Visit, parent?: Node, field = ''): void {
  visit(node, parent, field);
  for (const key of visitorKeys[node.type] ?? []) {
    const value = node[key];
    const children = Array.isArray(value) ? value : [value];
    for (const child of children) if (isNode(child)) walk(child, visit, node, key);
  }
}

/**
 * The last name of an expression: what is read, looked up or called in the end.
 *
 * @example the last name of `state.book.levelOf(side)` is `levelOf`
 */
export function lastNameOf(node: Node | undefined): string | undefined {
  switch (node?.type) {
    case 'Identifier':
      return textOf(node, 'name');
    case 'MemberExpression':
      return node['computed'] === true ? lastNameOf(childOf(node, 'object')) : textOf(childOf(node, 'property'), 'name');
    case 'CallExpression':
      return lastNameOf(childOf(node, 'callee'));
    case 'ChainExpression':
    case 'TSNonNullExpression':
    case 'TSAsExpression':
    case 'ParenthesizedExpression':
      return lastNameOf(childOf(node, 'expression'));
    default:
      return undefined;
  }
}

/** Whether an identifier stands for a value or type in scope, and not for the name of a property or a label. */
export function isReference(parent: Node | undefined, field: string): boolean {
  if (parent === undefined) return true;
  if (field === 'property') return parent['computed'] === true;
  if (field !== 'key') return !(parent.type === 'TSQualifiedName' && field === 'right');
  return parent['computed'] === true || (parent['shorthand'] === true && parent.type === 'Property');
}
