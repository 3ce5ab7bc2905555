import type { TextRule } from './rule.ts';

const EMPTY_NAMES = /^(utils?|helpers?|common|misc|shared|stuff|.*manager)$/;
const PLAIN_FILE = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+(-[a-z]+)*)*\.(ts|tsx|mjs)$/;

/** Files and folders of code are named in kebab-case after their main export, and not after nothing. */
export const fileName: TextRule = {
  name: 'file-name',
  appliesTo: (path) => /\.(ts|tsx|mjs)$/.test(path),
  check(_text, report, path) {
    const parts = path.split('/');
    const file = parts.at(-1) ?? '';
    const stems = parts.map((part) => part.replace(/\..*$/, ''));
    const empty = stems.find((stem) => EMPTY_NAMES.test(stem));
    if (empty !== undefined) report(-1, `"${empty}" names nothing: name it after what it does`);
    if (!PLAIN_FILE.test(file)) report(-1, 'files of code are named in kebab-case');
  },
};

/** A package has one index.ts, its public face; no barrels inside. */
export const innerBarrel: TextRule = {
  name: 'inner-barrel',
  appliesTo: (path) => path.startsWith('packages/') && path.endsWith('/index.ts'),
  check(_text, report, path) {
    const isFace = /^packages\/(adapters\/)?[^/]+\/src\/(conformance\/)?index\.ts$/.test(path);
    if (!isFace) report(-1, 'one index.ts per package, at src/index.ts; name this file after its main export');
  },
};
