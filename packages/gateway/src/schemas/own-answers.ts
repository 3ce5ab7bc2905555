/** Answers of the routes that are this venue's own. */
import { z } from 'zod';
import { KeyPermission } from './account-requests.ts';
import { bool, dec, int, orNull, str } from './answer-scalars.ts';
import { define } from './define.ts';
import { OrderBookState } from './enums.ts';
import { AssetSymbol, MarketSymbol, NaiveDateTime } from './scalars.ts';

/** One account of a user. */
export const Subaccount = define(
  'Subaccount',
  'One account of a user: a pool of money and risk of its own.',
  z.strictObject({ subaccountId: int('Index among the accounts of the user.', 0), accountId: int('Id of the account.', 12) }),
);
/** One account of a user. */
export type Subaccount = z.infer<typeof Subaccount>;

/** A transfer that was carried out. */
export const Transfer = define(
  'Transfer',
  'A transfer that was carried out.',
  z.strictObject({
    symbol: AssetSymbol,
    quantity: dec('What was moved.', '250'),
    fromSubaccountId: int('Index of the paying account.', 0),
    toSubaccountId: int('Index of the receiving account.', 1),
    engineSequence: int('Sequence of the engine.', 91_422),
  }),
);
/** A transfer that was carried out. */
export type Transfer = z.infer<typeof Transfer>;

/** A key. */
export const ApiKey = define(
  'ApiKey',
  'A key that may sign for an account.',
  z.strictObject({
    publicKey: str('Public ED25519 key in base64.', '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo='),
    permissions: z.array(KeyPermission),
    subaccountId: int('Index of the account.', 0),
  }),
);
/** A key. */
export type ApiKey = z.infer<typeof ApiKey>;

/** Test money given. */
export const FaucetGrant = define(
  'FaucetGrant',
  'Test money given.',
  z.strictObject({ symbol: AssetSymbol, quantity: dec('What was given.', '1000') }),
);
/** Test money given. */
export type FaucetGrant = z.infer<typeof FaucetGrant>;

/** One market in a settlement. */
const SettlementEpochMarket = z.strictObject({
  symbol: MarketSymbol,
  settlePrice: dec('Mark price it was settled at.', '141.3'),
  gains: dec('Sum of the gains, in USDC.', '5120.25'),
  losses: dec('Sum of the losses, in USDC; equal to the gains.', '5120.25'),
});

/** The summary of one settlement. */
export const SettlementEpoch = define(
  'SettlementEpoch',
  'The summary of one settlement.',
  z.strictObject({
    epoch: int('Number of the settlement.', 8_812),
    timestamp: NaiveDateTime,
    accounts: int('Accounts that were settled.', 1_204),
    borrows: dec('USDC borrowed to settle.', '310.5'),
    fees: dec('Fees collected since the last one, in USDC.', '42.1'),
    fund: dec('Size of the fund, in USDC.', '1000000'),
    markets: z.array(SettlementEpochMarket),
  }),
);
/** The summary of one settlement. */
export type SettlementEpoch = z.infer<typeof SettlementEpoch>;

const MarkSource = z.strictObject({
  source: str('Name of the source.', 'venue-a'),
  quote: str('What it quotes in.', 'USDT'),
  bid: dec('Best bid there.', '141.2'),
  ask: dec('Best ask there.', '141.4'),
  last: dec('Last price there.', '141.3'),
  quoteUsd: dec('What its quote is worth in USD; 0 when that is not known.', '1'),
  price: dec('Median of its bid, ask and last price, in USD.', '141.3'),
  clamped: orNull(dec('Price after it was held near the median; null when it did not count.', '141.3')),
  weight: dec('Weight among the sources.', '1'),
  ageMs: int('Age in milliseconds, when the index was made.', 120),
  isFresh: bool('Whether it was young enough to count.'),
});

const MarkRedemption = z.strictObject({
  underlying: AssetSymbol,
  underlyingIndex: orNull(dec('Index of the underlying, in USD.', '165')),
  rate: dec('Underlying for one unit, as it is used: it follows the listed rate by at most 1 % an hour.', '1.3'),
  listedRate: dec('Underlying for one unit, as listed.', '1.3'),
  bookPrice: orNull(dec('Middle of its own book, in USD; null when that is thin.', '214.1')),
  bookDiscount: dec('Discount of its own book over the last hour: new risk counts it that much less.', '0'),
});

/** How a mark price came about. */
export const MarkExplanation = define(
  'MarkExplanation',
  'How a mark price came about, layer by layer, as of the last second.',
  z.strictObject({
    symbol: MarketSymbol,
    marketType: z.enum(['SPOT', 'PERP']).meta({ description: 'A spot market has no premium: its mark is the index at a limited speed.' }),
    sources: z.array(MarkSource).meta({ description: 'What the sources said of the asset, or of its underlying.' }),
    median: orNull(dec('Median of the fresh sources.', '141.3')),
    clampFraction: dec('How far from the median a source counts, a fraction.', '0.01'),
    freshSources: int('Sources that were fresh.', 5),
    freshSourcesMin: int('With fewer the index holds its last value.', 3),
    indexPrice: orNull(dec('Index price: weighted mean of the clamped prices.', '141.28')),
    grade: z.enum(['Good', 'Degraded', 'Stale']).meta({ description: 'What the index may be used for.' }),
    redemption: orNull(MarkRedemption),
    mid: orNull(dec('Middle of the book.', '141.31')),
    isMidCounted: bool('Whether both sides of the book held the impact notional.'),
    impactNotional: dec('Impact notional, in USD.', '10000'),
    ewmaBefore: dec('Five-minute average of mid less index, a second before.', '0.02'),
    ewma: dec('Five-minute average of mid less index.', '0.02'),
    layer1: orNull(dec('Layer 1: index and average.', '141.3')),
    premiumBound: dec('Largest distance from the index, a fraction.', '0.01'),
    layer2: orNull(dec('Layer 2: layer 1 held within that distance.', '141.3')),
    isClamped: bool('Whether layer 2 held it.'),
    markBefore: orNull(dec('Mark before the step, unrounded.', '141.29')),
    stepPerSecond: dec('Largest step a second, a fraction of the mark.', '0.005'),
    seconds: int('Seconds of the step.', 1),
    layer3: orNull(dec('Layer 3: the mark after the step, unrounded.', '141.3')),
    isStepBound: bool('Whether the step did not reach layer 2.'),
    rule: z
      .enum(['First', 'Stepped', 'Index', 'Held', 'LastTrade'])
      .meta({ description: 'Layer 4: the first mark; stepped; the index, of a post-only book; held, the index being stale.' }),
    markPrice: orNull(dec('Mark price: layer 3 in whole ticks.', '141.3')),
    orderBookState: OrderBookState,
    isReduceOnly: bool('Whether only orders that lower risk are taken.'),
    isLimitOnly: bool('Whether the book is limit-only since step and range conflict.'),
    assetMarkPrice: orNull(dec('What a unit of the base is worth as collateral.', '141.3')),
    stablePrice: orNull(dec('Slow price that guards what leaves.', '141.1')),
  }),
);
/** How a mark price came about. */
export type MarkExplanation = z.infer<typeof MarkExplanation>;
