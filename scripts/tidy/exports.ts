import { childOf, childrenOf, type Node, textOf } from './node.ts';
import type { SourceRule } from './rule.ts';
import { isBesideTheCode, type Source } from './source.ts';

/** Every export of a package or an application has a docstring. */
export const docstring: SourceRule = {
  name: 'docstring',
  appliesTo: (path) => /^(packages|apps)\//.test(path) && !isBesideTheCode(path) && !path.endsWith('.d.ts'),
  check(source, report) {
    let previousName = '';
    for (const node of childrenOf(source.root, 'body')) {
      const declaration = node.type === 'ExportNamedDeclaration' ? childOf(node, 'declaration') : undefined;
      if (declaration === undefined) continue;
      const name = nameOf(declaration);
      // The second signature of an overload shares the docstring of the first.
      if (name !== previousName && !hasDocstring(source, node))
        report(node.start, `${name} is exported without a docstring: say in one sentence what it is`);
      previousName = name;
    }
  },
};

function nameOf(declaration: Node): string {
  const named = childOf(declaration, 'id') ?? childOf(childrenOf(declaration, 'declarations')[0], 'id');
  return textOf(named, 'name') ?? 'this';
}

function hasDocstring({ comments, text }: Source, node: Node): boolean {
  return comments.some(({ type, value, end }) => {
    return type === 'Block' && value.startsWith('*') && end <= node.start && /^\s*(\/\/.*\s*)*$/.test(text.slice(end, node.start));
  });
}

/** A handler that may refuse marks where refusing ends and writing begins, and refuses nothing after that. */
export const handlerShape: SourceRule = {
  name: 'handler-shape',
  appliesTo: (path) => /^packages\/core\/src\/commands\/[^/]+\.ts$/.test(path) && !isBesideTheCode(path),
  check(source, report) {
    const { comments, text } = source;
    const marks = comments.filter(({ value }) => value.trim() === 'Point of no return.');
    const handler = findRefusingHandler(source);
    if (marks.length === 0 && handler !== undefined) {
      report(
        handler.start,
        'a handler that may refuse has the comment "// Point of no return." between its last check and its first write',
      );
    }
    for (const { end } of marks) {
      const late = /\breturn reject\w*\b/.exec(text.slice(end, endOfBlock(text, end)));
      if (late !== null) report(end + late.index, 'a reject after the point of no return');
    }
  },
};

/** The function that the file is named after, if its result may be a reject. */
function findRefusingHandler({ root, path, text }: Source): Node | undefined {
  const name = path.replace(/^.*\/|\.ts$/g, '').replace(/-([a-z])/g, (_all, letter: string) => letter.toUpperCase());
  return childrenOf(root, 'body').find((node) => {
    const declaration = childOf(node, 'declaration');
    const result = childOf(declaration, 'returnType');
    return (
      declaration !== undefined &&
      nameOf(declaration) === name &&
      result !== undefined &&
      text.slice(result.start, result.end).includes('Reject')
    );
  });
}

/** The offset at which the block around `offset` closes; braces in strings and templates are balanced or count little here. */
function endOfBlock(text: string, offset: number): number {
  let depth = 0;
  for (let at = offset; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    else if (text[at] === '}' && depth === 0) return at;
    else if (text[at] === '}') depth -= 1;
  }
  return text.length;
}
