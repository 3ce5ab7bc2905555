/** Answers of the routes that are this venue's own. */
import { z } from 'zod';
import { KeyPermission } from './account-requests.ts';
import { bool, dec, int, orNull, str } from './answer-scalars.ts';
import { define } from './define.ts';
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
  bid: orNull(dec('Best bid there.', '141.2')),
  ask: orNull(dec('Best ask there.', '141.4')),
  last: orNull(dec('Last price there.', '141.3')),
  price: orNull(dec('Price taken from it.', '141.3')),
  clamped: orNull(dec('Price after it was held near the median.', '141.3')),
  weight: dec('Weight among the sources.', '0.25'),
  ageMs: int('Age in milliseconds.', 120),
  isFresh: bool('Whether it is young enough to count.'),
});

/** How a mark price came about. */
export const MarkExplanation = define(
  'MarkExplanation',
  'How a mark price came about, layer by layer.',
  z.strictObject({
    symbol: MarketSymbol,
    sources: z.array(MarkSource),
    median: orNull(dec('Median of the fresh sources.', '141.3')),
    indexPrice: orNull(dec('Index price.', '141.28')),
    grade: z.enum(['Good', 'Degraded', 'Stale']).meta({ description: 'What the index may be used for.' }),
    mid: orNull(dec('Middle of the book.', '141.31')),
    isMidCounted: bool('Whether the middle of the book counts now.'),
    ewma: orNull(dec('Smoothed premium over the index.', '0.02')),
    layer1: orNull(dec('First candidate.', '141.3')),
    layer2: orNull(dec('Second candidate.', '141.31')),
    layer3: orNull(dec('Third candidate.', '141.29')),
    markPrice: orNull(dec('Mark price: the middle of the candidates, held near the index.', '141.3')),
    stablePrice: orNull(dec('Slow price that guards margin.', '141.1')),
  }),
);
/** How a mark price came about. */
export type MarkExplanation = z.infer<typeof MarkExplanation>;

/** Willingness to take over positions in liquidation. */
export const Backstop = define(
  'Backstop',
  'Willingness to take over positions in liquidation.',
  z.strictObject({ enabled: bool('Whether the account takes part.'), maxNotional: orNull(dec('Most it takes, in USD.', '50000')) }),
);
/** Willingness to take over positions in liquidation. */
export type Backstop = z.infer<typeof Backstop>;

/** The account after a move of prices. */
export const AccountStress = define(
  'AccountStress',
  'The account after a move of prices.',
  z.strictObject({
    symbol: orNull(AssetSymbol),
    move: dec('Move of the price, as a fraction.', '-0.2'),
    netEquity: dec('Equity after the move, in USD.', '81250'),
    netEquityAvailable: dec('Equity free for new risk after the move, in USD.', '60100'),
    marginFraction: orNull(dec('Margin fraction after the move.', '0.41')),
    liquidating: bool('Whether the account would be liquidated.'),
  }),
);
/** The account after a move of prices. */
export type AccountStress = z.infer<typeof AccountStress>;

/** Why the venue acted on an account by itself. */
export const Receipt = define(
  'Receipt',
  'Why the venue acted on an account by itself: what it saw, which rule, what it did.',
  z.strictObject({
    id: str('Id of the receipt.', '771'),
    kind: str('Kind of the action.', 'orderCancel'),
    rule: str('Rule and version that applied.', 'coverage/1'),
    timestamp: NaiveDateTime,
    engineSequence: int('Sequence of the engine.', 91_422),
    evidence: z
      .record(z.string(), z.unknown())
      .meta({ description: 'The numbers that the action can be recomputed from.', examples: [{ netEquity: '81250' }] }),
  }),
);
/** Why the venue acted on an account by itself. */
export type Receipt = z.infer<typeof Receipt>;
