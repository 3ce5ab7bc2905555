import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import config from './dependency-rules.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** One planted import: the rule it breaks, the file it stands in and its text. */
interface Plant {
  rule: string;
  file: string;
  text: string;
}

const layerPlants: Plant[] = [
  { rule: 'layer-units', file: 'packages/units/src/bad.ts', text: "import '@mochila/math';" },
  { rule: 'layer-math', file: 'packages/math/src/bad.ts', text: "import '@mochila/protocol';" },
  { rule: 'layer-protocol', file: 'packages/protocol/src/bad.ts', text: "import '@mochila/math';" },
  { rule: 'layer-core', file: 'packages/core/src/bad.ts', text: "import type { a } from '@mochila/ports';\nexport type B = a;" },
  { rule: 'layer-projections', file: 'packages/projections/src/bad.ts', text: "export { a } from '@mochila/core';" },
  { rule: 'layer-compliance', file: 'packages/compliance/src/bad.ts', text: "import '@mochila/math';" },
  { rule: 'layer-ports', file: 'packages/ports/src/bad.ts', text: "import '@mochila/core';" },
  { rule: 'layer-runtime', file: 'packages/runtime/src/bad.ts', text: "import '@mochila/journal-file';" },
  { rule: 'layer-gateway', file: 'packages/gateway/src/bad.ts', text: "import '@mochila/core';" },
  { rule: 'layer-sdk', file: 'packages/sdk/src/bad.ts', text: "import '@mochila/ports';" },
  { rule: 'layer-reserves', file: 'packages/reserves/src/bad.ts', text: "import '@mochila/units';" },
  { rule: 'layer-testkit', file: 'packages/testkit/src/bad.ts', text: "import '@mochila/gateway';" },
  { rule: 'layer-adapters', file: 'packages/adapters/journal-file/src/bad.ts', text: "import '@mochila/history-sql';" },
  { rule: 'layer-terminal', file: 'apps/terminal/src/bad.ts', text: "import '@mochila/core';" },
  { rule: 'layer-cli', file: 'apps/cli/src/bad.ts', text: "import '@mochila/gateway';" },
  { rule: 'layer-makers', file: 'apps/makers/src/bad.ts', text: "await import('@mochila/runtime');" },
  { rule: 'layer-servers', file: 'apps/venue/src/bad.ts', text: "import '@mochila/testkit';" },
  { rule: 'layer-unlisted', file: 'packages/novelty/src/bad.ts', text: "import '@mochila/units';" },
];

const otherPlants: Plant[] = [
  { rule: 'nobody-imports-apps', file: 'apps/makers/src/apps.ts', text: "import '@mochila/cli';" },
  { rule: 'public-face-only', file: 'packages/math/src/face.ts', text: "import '../../units/src/inner.ts';" },
  { rule: 'pure-no-node', file: 'packages/core/src/node.ts', text: "import 'node:fs';" },
  { rule: 'pure-no-npm', file: 'packages/core/src/npm.ts', text: "import 'leftover';" },
  { rule: 'noble-in-protocol-only', file: 'packages/math/src/noble.ts', text: "import '@noble/hashes';" },
  { rule: 'sdk-no-node', file: 'packages/sdk/src/node.ts', text: "import 'node:crypto';" },
  { rule: 'declared-npm-only', file: 'packages/gateway/src/undeclared.ts', text: "import 'leftover';" },
  { rule: 'no-test-tools-in-code', file: 'packages/gateway/src/tool.ts', text: "import 'vitest';" },
  { rule: 'no-test-imported', file: 'packages/gateway/src/test.ts', text: "import './some.test.ts';" },
  { rule: 'no-test-imported', file: 'packages/gateway/src/ladder.ts', text: "import './conformance/index.ts';" },
  { rule: 'no-cycles', file: 'packages/gateway/src/cycle-a.ts', text: "import './cycle-b.ts';" },
  { rule: 'resolvable', file: 'packages/gateway/src/lost.ts', text: "import './nowhere.ts';" },
];
const plants = [...layerPlants, ...otherPlants];

const supports: Record<string, string> = {
  'packages/units/src/inner.ts': 'export {};',
  'packages/gateway/src/some.test.ts': 'export {};',
  'packages/gateway/src/conformance/index.ts': "import 'vitest';",
  'packages/adapters/journal-file/src/allowed.test.ts': "import '../../../gateway/src/conformance/index.ts';",
  'packages/gateway/src/cycle-b.ts': "import './cycle-a.ts';",
  'packages/protocol/src/allowed.ts': "import '@noble/hashes';\nimport type { a } from '@mochila/units';\nexport type B = a;",
  'packages/core/src/allowed.test.ts': "import 'node:fs';\nimport 'vitest';\nimport '@mochila/testkit';",
  'packages/adapters/history-sql/src/allowed.ts': "import 'node:fs';\nimport '@mochila/ports';\nimport '@mochila/units';",
  'packages/gateway/src/allowed.ts': "import '@mochila/projections';\nimport '@mochila/ports';",
  'apps/venue/src/allowed.ts': "import '@mochila/core';\nimport '@mochila/gateway';\nimport '@mochila/history-sql';",
  'apps/cli/src/allowed.ts': "import '@mochila/sdk';",
  'bench/src/allowed.ts': "import '@mochila/core';\nimport '@mochila/testkit';",
};

const packageFolders = [
  ...['units', 'math', 'protocol', 'core', 'projections', 'compliance', 'ports', 'runtime', 'gateway', 'sdk'].map(
    (name) => `packages/${name}`,
  ),
  ...['reserves', 'testkit', 'novelty', 'adapters/journal-file', 'adapters/history-sql'].map((name) => `packages/${name}`),
  ...['terminal', 'cli', 'makers', 'venue'].map((name) => `apps/${name}`),
];
const npmPackages = ['leftover', '@noble/hashes', 'vitest'];

interface Violation {
  rule: { name: string };
  from: string;
}

let tree = '';
let violations: Violation[] = [];

function write(file: string, text: string): void {
  mkdirSync(dirname(join(tree, file)), { recursive: true });
  writeFileSync(join(tree, file), text);
}

function writeManifest(folder: string, name: string, dependencies: Record<string, string>): void {
  write(`${folder}/package.json`, JSON.stringify({ name, type: 'module', exports: { '.': './src/index.ts' }, dependencies }));
  write(`${folder}/src/index.ts`, 'export const a = 1;\n');
}

function plantTree(): void {
  write('package.json', JSON.stringify({ name: 'planted', private: true, devDependencies: { vitest: '*' } }));
  const ours = Object.fromEntries(packageFolders.map((folder) => [`@mochila/${folder.split('/').at(-1)}`, '*']));
  for (const folder of packageFolders) {
    const noble = folder === 'packages/protocol' ? { '@noble/hashes': '*' } : {};
    writeManifest(folder, `@mochila/${folder.split('/').at(-1)}`, { ...ours, ...noble });
    const link = join(tree, 'node_modules/@mochila', folder.split('/').at(-1) ?? '');
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(resolve(tree, folder), link, 'dir');
  }
  for (const name of npmPackages) writeManifest(`node_modules/${name}`, name, {});
  for (const [file, text] of Object.entries(supports)) write(file, text);
  for (const plant of plants) write(plant.file, plant.text);
}

/** Runs dependency-cruiser on the planted tree. It exits with the number of violations, which is no failure here. */
function cruise(): Promise<Violation[]> {
  const bin = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const args = ['--config', join(root, 'scripts/dependency-rules.ts'), '--output-type', 'json', 'packages', 'apps', 'bench'];
  return new Promise((done, fail) => {
    execFile(process.execPath, [bin, ...args], { cwd: tree, maxBuffer: 2 ** 26, timeout: 25_000 }, (error, stdout, stderr) => {
      if (stdout === '') fail(new Error(`dependency-cruiser said nothing: ${stderr}`, { cause: error }));
      else done(JSON.parse(stdout).summary.violations);
    });
  });
}

beforeAll(async () => {
  tree = mkdtempSync(join(tmpdir(), 'mochila-rules-'));
  plantTree();
  violations = await cruise();
});

afterAll(() => {
  rmSync(tree, { recursive: true, force: true });
});

describe('the import rules', () => {
  it.each(plants)('$rule catches $file', ({ rule, file }) => {
    expect(violations.filter((violation) => violation.from === file).map((violation) => violation.rule.name)).toContain(rule);
  });

  it('let every allowed import pass', () => {
    const blamed = new Set(violations.map((violation) => violation.from));
    expect(Object.keys(supports).filter((file) => file.includes('allowed') && blamed.has(file))).toEqual([]);
  });

  it('have a planted violation each', () => {
    const names = (config.forbidden ?? []).map((rule) => rule.name);
    expect(names.filter((name) => !plants.some((plant) => plant.rule === name))).toEqual([]);
  });
});
