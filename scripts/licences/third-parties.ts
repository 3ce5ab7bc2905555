import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package that is not ours. */
export interface ThirdParty {
  name: string;
  version: string;
  /** SPDX expression, as the package states it. */
  licence: string;
  /** Whether only development needs it: the venue runs without. */
  isDevelopment: boolean;
}

/** Reads the licence of the package installed at a path of the lockfile; undefined when it is not installed here. */
export type ReadLicence = (path: string) => string | undefined;

const PERMISSIVE = [
  'MIT',
  'MIT-0',
  'Apache-2.0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'PostgreSQL',
  'Unlicense',
  'Zlib',
];

// Weak copyleft in tools that only development runs and that are not passed on.
const TOOLS_ALLOWED: Record<string, string> = { lightningcss: 'MPL-2.0' };

/**
 * Lists the third parties of a lockfile, once per name and version, sorted by name.
 *
 * The lockfile and not the folder is the source: it holds the packages of every platform, so everybody writes the same list.
 *
 * @throws Error when a package states no licence
 */
export function listThirdParties(lockfile: unknown, readLicence: ReadLicence): ThirdParty[] {
  const found = new Map<string, ThirdParty>();
  for (const [path, entry] of Object.entries(recordIn(lockfile, 'packages'))) {
    const name = path.split('node_modules/').at(-1) ?? '';
    const version = fieldOf(entry, 'version');
    if (!path.includes('node_modules/') || typeof version !== 'string') continue;
    const isDevelopment = fieldOf(entry, 'dev') === true && found.get(`${name} ${version}`)?.isDevelopment !== false;
    found.set(`${name} ${version}`, { name, version, licence: licenceOf(path, entry, readLicence), isDevelopment });
  }
  return [...found.values()].sort((a, b) => compareText(a.name, b.name) || compareText(a.version, b.version));
}

function licenceOf(path: string, entry: unknown, readLicence: ReadLicence): string {
  const locked = fieldOf(entry, 'license');
  const licence = typeof locked === 'string' ? locked : readLicence(path);
  if (licence === undefined) throw new Error(`${path} states no licence in package-lock.json and is not installed here`);
  return licence;
}

/** Returns the third parties whose licence is not permissive, but for the tools that are allowed by name. */
export function findForbidden(thirdParties: readonly ThirdParty[]): ThirdParty[] {
  return thirdParties.filter((party) => !isPermissive(party.licence) && !isAllowedTool(party));
}

/** Whether an SPDX expression leaves a permissive choice: one side of OR suffices, each side of AND is needed. */
export function isPermissive(expression: string): boolean {
  const bare = expression.replace(/[()]/g, '').trim();
  return bare.split(/\s+OR\s+/).some((choice) => choice.split(/\s+AND\s+/).every((part) => PERMISSIVE.includes(part)));
}

function isAllowedTool({ name, licence, isDevelopment }: ThirdParty): boolean {
  const tool = Object.keys(TOOLS_ALLOWED).find((known) => name === known || name.startsWith(`${known}-`));
  return isDevelopment && tool !== undefined && TOOLS_ALLOWED[tool] === licence;
}

/** Writes the list as a document. */
export function writeNotice(thirdParties: readonly ThirdParty[]): string {
  const table = (isDevelopment: boolean): string[] => [
    '| package | version | licence |',
    '|---|---|---|',
    ...thirdParties
      .filter((party) => party.isDevelopment === isDevelopment)
      .map((party) => `| ${party.name} | ${party.version} | ${party.licence} |`),
  ];
  return [
    '# Third-party licences',
    '',
    'Written by `npm run licences` from `package-lock.json`; `npm run check` verifies that it is current. Each package brings its own licence text.',
    '',
    'Market data that others recorded, for tests: [sources and licences](packages/adapters/prices-exchanges/frames/README.md).',
    '',
    '## Running',
    '',
    ...table(false),
    '',
    '## Developing and testing',
    '',
    ...table(true),
    '',
  ].join('\n');
}

/** Reads the licence of an installed package from its package.json. */
export function readInstalled(root: string, path: string): string | undefined {
  const file = join(root, path, 'package.json');
  if (!existsSync(file)) return undefined;
  const licence = fieldOf(JSON.parse(readFileSync(file, 'utf8')), 'license');
  return typeof licence === 'string' ? licence : undefined;
}

function recordIn(value: unknown, field: string): object {
  const record = fieldOf(value, field);
  if (typeof record !== 'object' || record === null) throw new Error(`package-lock.json has no "${field}"`);
  return record;
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, field)?.value : undefined;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
