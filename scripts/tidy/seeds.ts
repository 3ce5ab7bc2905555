import { childOf, childrenOf, type Node, textOf, walk } from './node.ts';
import type { SourceRule } from './rule.ts';
import { isBesideTheCode } from './source.ts';

/** A property is tried with the same values every time: what chance would find, it finds in the hands of one who looks. */
export const fixedSeed: SourceRule = {
  name: 'fixed-seed',
  appliesTo: isBesideTheCode,
  check(source, report) {
    walk(source.root, (node) => {
      if (isTrial(node) && !hasSeed(childrenOf(node, 'arguments')[1]))
        report(node.start, 'a property without a seed fails by chance: give it one, as { seed: 7 }');
    });
  },
};

/** `fc.assert` or `fc.check`. */
function isTrial(node: Node): boolean {
  const callee = node.type === 'CallExpression' ? childOf(node, 'callee') : undefined;
  const method = textOf(childOf(callee, 'property'), 'name') ?? '';
  return textOf(childOf(callee, 'object'), 'name') === 'fc' && ['assert', 'check'].includes(method);
}

/** Whether options name a seed, or are made of others that do. */
function hasSeed(options: Node | undefined): boolean {
  if (options?.type !== 'ObjectExpression') return options !== undefined;
  return childrenOf(options, 'properties').some(
    (property) => property.type === 'SpreadElement' || textOf(childOf(property, 'key'), 'name') === 'seed',
  );
}
