import { posix } from 'node:path';
import type { SourceRule, TextRule } from './rule.ts';

const DOCUMENT = /(?<![\w/:.-])((?:[\w.-]+\/)*[\w-]+\.md)\b/g;
const LINK = /\]\((?!https?:|mailto:|#)([^)\s#]+)[^)]*\)/g;

/** A comment refers only to documents that are in the repository. */
export function danglingDocument(paths: readonly string[]): SourceRule {
  const isKnown = (name: string): boolean => paths.some((path) => path === name || path.endsWith(`/${name}`));
  return {
    name: 'dangling-document',
    appliesTo: (path) => !path.startsWith('scripts/'),
    check({ comments }, report) {
      for (const { value, start } of comments) {
        for (const { 1: name = '', index } of value.matchAll(DOCUMENT)) {
          if (!isKnown(name)) report(start + 2 + index, `there is no document ${name} in the repository`);
        }
      }
    },
  };
}

/** A link of a document leads to a file or folder of the repository. */
export function deadLink(paths: readonly string[]): TextRule {
  const isKnown = (target: string): boolean => paths.some((path) => path === target || path.startsWith(`${target.replace(/\/$/, '')}/`));
  return {
    name: 'dead-link',
    appliesTo: (path) => path.endsWith('.md'),
    check(text, report, path) {
      for (const { 1: link = '', index } of text.matchAll(LINK)) {
        const target = posix.join(posix.dirname(path), link);
        if (!isKnown(target)) report(index, `the link ${link} leads nowhere`);
      }
    },
  };
}
