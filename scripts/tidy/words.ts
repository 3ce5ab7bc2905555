import type { SourceRule, TextRule } from './rule.ts';

// Roots of absolute paths of somebody's machine. Joined here, so that this file does not hold one itself.
const MACHINE_ROOTS = ['work', 'tmp', 'home', 'root', 'Users', 'var/folders'];
const MACHINE_PATH = new RegExp(`(?<![\\w./:}-])/(${MACHINE_ROOTS.join('|')})/[\\w.-]+`, 'g');
const REGISTRY = /"resolved": "(https?:|git)[^"]*"/g;

/** Committed text names no path of a machine. */
export const machinePath: TextRule = {
  name: 'machine-path',
  appliesTo: (path) => path !== 'package-lock.json',
  check(text, report) {
    for (const { 0: found, index } of text.matchAll(MACHINE_PATH))
      report(index, `${found} is a path of one machine: derive it, or use os.tmpdir()`);
  },
};

/** The lockfile names no registry: everybody installs from their own. */
export const registryHost: TextRule = {
  name: 'registry-host',
  appliesTo: (path) => path === 'package-lock.json' || path.endsWith('.npmrc'),
  check(text, report) {
    for (const { 0: found, index } of text.matchAll(REGISTRY)) report(index, `${found}: install with omit-lockfile-registry-resolved=true`);
  },
};

const UNFINISHED = ['TODO', 'FIXME', 'XXX', 'HACK'];
const WORD = new RegExp(`\\b(${UNFINISHED.join('|')})\\b(\\([\\w .-]+, \\d{4}-\\d{2}-\\d{2}\\): .*#\\d+)?`, 'g');

/** What is left to do has a name, a date and an issue; what is broken does not land. */
export const unfinished: SourceRule = {
  name: 'unfinished',
  appliesTo: () => true,
  check({ comments }, report) {
    for (const { value, start } of comments) {
      for (const { 0: found, 1: word, 2: signed, index } of value.matchAll(WORD)) {
        if (word !== UNFINISHED[0]) report(start + 2 + index, `${word} does not land`);
        else if (signed === undefined)
          report(start + 2 + index, `${found} needs a name, a date and an issue: ${word}(name, 2000-12-31): what, #1`);
      }
    }
  },
};
