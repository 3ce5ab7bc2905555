import { childOf, childrenOf, lastNameOf, type Node, walk } from './node.ts';
import type { SourceRule } from './rule.ts';

/** No error is swallowed. */
export const emptyCatch: SourceRule = {
  name: 'empty-catch',
  appliesTo: () => true,
  check(source, report) {
    walk(source.root, (node) => {
      if (node.type === 'CatchClause' && isEmptyBlock(childOf(node, 'body')))
        report(node.start, 'an error is swallowed: answer it or let it through');
      if (node.type !== 'CallExpression' || lastNameOf(childOf(node, 'callee')) !== 'catch') return;
      const handler = childrenOf(node, 'arguments')[0];
      if (isEmptyBlock(childOf(handler, 'body'))) report(node.start, 'an error is swallowed: answer it or let it through');
    });
  },
};

function isEmptyBlock(node: Node | undefined): boolean {
  return node?.type === 'BlockStatement' && childrenOf(node, 'body').length === 0;
}

// Written apart, so that this file does not silence anything itself.
const SILENCERS = new RegExp(`@ts-(${['ignore', 'nocheck', 'expect-error'].join('|')})|(biome|eslint)-${'ignore'}(?!.*: .)`);

/** Nobody silences the type checker; a lint rule is silenced with its reason. */
export const silencedCheck: SourceRule = {
  name: 'silenced-check',
  appliesTo: () => true,
  check({ comments }, report) {
    for (const { value, start } of comments) {
      const found = SILENCERS.exec(value);
      if (found !== null) report(start, `${found[0]}: mend the cause instead`);
    }
  },
};

/** A test expects something that depends on the code: no literal is expected to be itself. */
export const constantExpectation: SourceRule = {
  name: 'constant-expectation',
  appliesTo: (path) => path.endsWith('.test.ts'),
  check(source, report) {
    walk(source.root, (node) => {
      if (node.type !== 'CallExpression' || lastNameOf(childOf(node, 'callee')) !== 'expect') return;
      if (childrenOf(node, 'arguments')[0]?.type === 'Literal') report(node.start, 'a literal is expected: this test cannot fail');
    });
  },
};
