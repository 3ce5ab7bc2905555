/**
 * The shape of a genesis: every field there, of the right kind, in its range, and no other. Each check says in words what
 * it wants, so that a configuration with a wrong value is refused with the path and the allowed range.
 */
import type {
  AssetListing,
  Band,
  EngineLimits,
  FeeTier,
  Genesis,
  LiquidationRules,
  MarginFunction,
  MarketListing,
  PerpListing,
  PoolListing,
  PriceRules,
  TokenListing,
} from '@mochila/protocol';
import { parseDecimal } from '@mochila/units';
import { PRICE_TICKS_MAX } from './limits.ts';

/** One broken rule: where, what stands there, what is allowed. */
export interface GenesisFault {
  /** Such as `markets[3].perp.imf.base`; empty for the whole. */
  path: string;
  value: unknown;
  rule: string;
}

type Check = (value: unknown, path: string, problems: GenesisFault[]) => void;

const DECIMAL_DIGITS = 18;

/** True when the value is a genesis in shape; adds a problem for everything that is not. */
export function hasGenesisShape(value: unknown, problems: GenesisFault[]): value is Genesis {
  return passes(genesisShape, value, problems);
}

/** True when the value is an asset's listing in shape. */
export function hasAssetShape(value: unknown, problems: GenesisFault[]): value is AssetListing {
  return passes(assetShape, value, problems);
}

/** True when the value is a market's listing in shape. */
export function hasMarketShape(value: unknown, problems: GenesisFault[]): value is MarketListing {
  return passes(marketShape, value, problems);
}

function passes(check: Check, value: unknown, problems: GenesisFault[]): boolean {
  const before = problems.length;
  check(value, '', problems);
  return problems.length === before;
}

function number(min: number, max: number): Check {
  return rule(`is a number from ${min} to ${max}`, (value) => typeof value === 'number' && value >= min && value <= max);
}

function above(min: number, max: number): Check {
  return rule(`is a number above ${min}, at most ${max}`, (value) => typeof value === 'number' && value > min && value <= max);
}

function whole(min: number, max: number): Check {
  return rule(`is a whole number from ${min} to ${max}`, (value) => {
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max;
  });
}

function text(lengthMin: number, lengthMax: number): Check {
  return rule(`is a text of ${lengthMin} to ${lengthMax} characters`, (value) => {
    return typeof value === 'string' && value.length >= lengthMin && value.length <= lengthMax;
  });
}

function oneOf(...allowed: readonly string[]): Check {
  return rule(`is one of ${allowed.join(', ')}`, (value) => typeof value === 'string' && allowed.includes(value));
}

const flag = rule('is true or false', (value) => typeof value === 'boolean');
const symbol = rule(
  'is a symbol of 1 to 24 capital letters, digits and _',
  (value) => typeof value === 'string' && /^[A-Z0-9_]{1,24}$/.test(value),
);
const decimal = rule(`is a decimal number in quotes, 0 or more, of at most ${DECIMAL_DIGITS} digits after the point`, (value) => {
  if (typeof value !== 'string' || value.startsWith('-')) return false;
  return value.length > 0 && parseDecimal(value, fractionDigits(value)).ok && fractionDigits(value) <= DECIMAL_DIGITS;
});

/** Digits after the point of a decimal text. */
export function fractionDigits(value: string): number {
  const dot = value.indexOf('.');
  return dot < 0 ? 0 : value.length - dot - 1;
}

function rule(words: string, holds: (value: unknown) => boolean): Check {
  return (value, path, problems) => {
    if (!holds(value)) problems.push({ path, value, rule: words });
  };
}

function orNull(check: Check): Check {
  return (value, path, problems) => {
    if (value !== null) check(value, path, problems);
  };
}

function list(check: Check, lengthMin: number, lengthMax: number): Check {
  return (value, path, problems) => {
    if (!Array.isArray(value) || value.length < lengthMin || value.length > lengthMax) {
      problems.push({ path, value, rule: `is a list of ${lengthMin} to ${lengthMax} entries` });
      return;
    }
    for (const [at, entry] of value.entries()) check(entry, `${path}[${at}]`, problems);
  };
}

/** An object with exactly these fields; the type makes a field that the contract gains a field that is checked. */
function fields<T>(checks: { readonly [K in keyof T]-?: Check }): Check {
  const known: ReadonlyMap<string, Check> = new Map(Object.entries<Check>(checks));
  const names = Object.keys(checks);
  return (value, path, problems) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      problems.push({ path, value, rule: `is an object with ${names.join(', ')}` });
      return;
    }
    const found: ReadonlyMap<string, unknown> = new Map(Object.entries(value));
    for (const name of names) known.get(name)?.(found.get(name), joined(path, name), problems);
    for (const name of Object.keys(value)) {
      if (!known.has(name))
        problems.push({ path: joined(path, name), value: found.get(name), rule: `is not a field here; there are ${names.join(', ')}` });
    }
  };
}

function joined(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

const marginShape = fields<MarginFunction>({ base: above(0, 1), factor: number(0, 1) });
const bandShape = fields<Band>({ min: above(0, 1), max: number(1, 100) });
const identityShape = fields<{ kind: string; weight: number }>({ kind: oneOf('identity'), weight: above(0, 1) });
const inverseSqrtShape = fields<{ kind: string; weight: number; base: number; penalty: number }>({
  kind: oneOf('inverseSqrt'),
  weight: above(0, 1),
  base: above(0, 10),
  penalty: number(0, 1),
});
const weightShape: Check = (value, path, problems) => {
  const isInverse = typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'inverseSqrt';
  if (isInverse) inverseSqrtShape(value, path, problems);
  else identityShape(value, path, problems);
};

const poolShape = fields<PoolListing>({
  rMin: number(0, 10),
  rOpt: number(0, 10),
  rMax: number(0, 10),
  uOpt: above(0, 0.849),
  fee: number(0, 0.5),
  maxUtilization: above(0, 1),
  throttleThreshold: above(0, 1),
  throttleFraction: above(0, 1),
  openBorrowLendLimit: decimal,
});

const tokenShape = fields<TokenListing>({
  blockchain: text(1, 32),
  contractAddress: orNull(text(1, 160)),
  minimumDeposit: decimal,
  minimumWithdrawal: decimal,
  withdrawalFee: decimal,
  nativeDecimals: whole(0, 36),
});

const assetShape = fields<AssetListing>({
  symbol,
  displayName: text(1, 64),
  decimals: whole(0, 12),
  weight: weightShape,
  borrowImf: marginShape,
  borrowMmf: marginShape,
  pool: orNull(poolShape),
  redemption: orNull(fields<{ underlying: string; rate: string }>({ underlying: symbol, rate: decimal })),
  stepPerSecond: above(0, 0.1),
  tokens: list(tokenShape, 0, 32),
  faucetGrant: decimal,
  faucetDaily: decimal,
});

const perpShape = fields<PerpListing>({
  imf: marginShape,
  mmf: marginShape,
  premiumBound: above(0, 0.5),
  meanPremiumTolerance: above(0, 1),
  impactNotionalUsd: above(0, 1e9),
  fundingCap: number(0, 0.1),
  fundingFloor: number(-0.1, 0),
  openInterestLimitUsd: above(0, 1e11),
});

const marketShape = fields<MarketListing>({
  symbol,
  type: oneOf('SPOT', 'PERP'),
  base: symbol,
  quote: symbol,
  tickSize: decimal,
  lotSize: decimal,
  minQuantityLots: whole(1, Number.MAX_SAFE_INTEGER),
  maxQuantityLots: whole(1, Number.MAX_SAFE_INTEGER),
  maxPriceTicks: whole(1, PRICE_TICKS_MAX),
  state: oneOf('Open', 'PostOnly', 'LimitOnly', 'CancelOnly', 'Closed'),
  limitBand: bandShape,
  impactBand: bandShape,
  meanMarkBand: bandShape,
  perp: orNull(perpShape),
  takerSpeedBumpMs: whole(0, 10_000),
});

const count = whole(1, 50_000_000);
const limitsShape = fields<EngineLimits>({
  accounts: count,
  users: count,
  keys: count,
  keysPerUser: whole(1, 10_000),
  holdings: count,
  positions: count,
  orders: count,
  triggers: count,
  levelsPerSide: whole(1, 1_000_000),
  accountsPerUser: whole(1, 1_000),
  limitOrdersPerAccount: count,
  triggerOrdersPerAccount: count,
  idempotencyKeysPerAccount: count,
  idempotencyKeys: count,
  replayedSignatures: count,
  withdrawalsOpen: count,
  settleSliceAccounts: whole(1, 1_000_000),
});

const pricesShape = fields<PriceRules>({
  sources: list(
    fields<PriceRules['sources'][number]>({ name: text(1, 32), weight: above(0, 1_000), quote: oneOf('USD', 'USDC', 'USDT') }),
    1,
    64,
  ),
  freshSourcesMin: whole(1, 64),
  sourceStaleMs: whole(1, 3_600_000),
  degradedToStaleMs: whole(0, 3_600_000),
  clampFraction: above(0, 0.1),
  marks: oneOf('layered', 'lastTrade'),
});

const ppmShape = whole(0, 100_000);
const tierShape = fields<FeeTier>({
  volumeUsd: number(0, 1e15),
  spotMakerPpm: whole(-100_000, 100_000),
  spotTakerPpm: ppmShape,
  perpMakerPpm: whole(-100_000, 100_000),
  perpTakerPpm: ppmShape,
});

const liquidationShape = fields<LiquidationRules>({
  sliceFraction: above(0, 1),
  sliceWholeBelowUsd: number(0, 1e9),
  feeMax: number(0, 0.1),
  feeMmfShare: number(0, 1),
  degradedSellSeconds: whole(0, 3_600),
  backstopMmfShare: number(0, 1),
  backstopMmfLess: number(0, 1),
  bookSeconds: whole(1, 60),
  bookTakenMin: number(0, 1),
  providerCapitalMinUsd: number(0, 1e9),
  providerLeverageMax: above(0, 50),
  providerNoticeSeconds: whole(0, 2_592_000),
  chargeMaintenanceShare: number(0, 1),
  chargeFundShare: number(0, 1),
  fundMarketShare: number(0, 1),
  fundUnwindPerMinute: above(0, 1),
});

const genesisShape = fields<Genesis>({
  version: whole(1, 1),
  venueId: text(1, 64),
  createdAtMicros: whole(0, Number.MAX_SAFE_INTEGER),
  sandbox: flag,
  seed: whole(0, Number.MAX_SAFE_INTEGER),
  limits: limitsShape,
  prices: pricesShape,
  assets: list(assetShape, 1, 1_000),
  markets: list(marketShape, 0, 2_000),
  feeTiers: list(tierShape, 1, 64),
  account: fields<Genesis['account']>({
    leverageLimitDefault: number(1, 50),
    leverageLimitMax: number(1, 50),
    borrowLimitUsd: above(0, 1e12),
    positionLimitUsd: above(0, 1e12),
    withdrawalDelayHours: number(0, 8_760),
    withdrawalDelayHoursMax: number(0, 8_760),
  }),
  withdrawableProfitFraction: above(0, 1),
  withdrawableProfitUserShare: above(0, 1),
  settleEverySeconds: whole(1, 3_600),
  liquidation: liquidationShape,
  fundGrant: decimal,
  registrationsPerAddressAndDay: whole(0, 1_000_000),
});
