/** Answers about backstop, fund and debt notes. */
import type { FundMove as FundMoveCode } from '@mochila/protocol';
import { z } from 'zod';
import { dec, int, orNull, str } from './answer-scalars.ts';
import { define, words } from './define.ts';
import { AssetSymbol, MarketSymbol, NaiveDateTime } from './scalars.ts';

const BackstopNotice = z.strictObject({
  endsAt: NaiveDateTime,
  capital: dec('Ring-fenced capital then, in USDC.', '0'),
  maxNotional: dec('Notional carried at once then, at most.', '0'),
  maxPerMinute: dec('Notional taken in a minute then, at most.', '0'),
  maxPerHour: dec('Notional taken in an hour then, at most.', '0'),
});

/** What the account offers to take over in a market. */
export const BackstopPosting = define(
  'BackstopPosting',
  'What the account offers to take over in a market, and what of it is used. Amounts are in USDC.',
  z.strictObject({
    symbol: MarketSymbol,
    capital: dec('Ring-fenced for this market.', '10000'),
    maxNotional: dec('Notional carried at once, at most.', '25000'),
    maxPerMinute: dec('Notional taken in 60 seconds, at most.', '5000'),
    maxPerHour: dec('Notional taken in 3,600 seconds, at most.', '20000'),
    carried: dec('Notional taken and still carried.', '4100.5'),
    takenInMinute: dec('Notional taken in the last 60 seconds.', '0'),
    takenInHour: dec('Notional taken in the last 3,600 seconds.', '4100.5'),
    free: dec('Notional it could take now, margin left aside.', '5000'),
    notice: orNull(BackstopNotice),
  }),
);
/** What the account offers to take over in a market. */
export type BackstopPosting = z.infer<typeof BackstopPosting>;

/** What all providers of a market offer together. */
export const BackstopCapacity = define(
  'BackstopCapacity',
  'What all backstop providers of a market offer together, live. Amounts are in USDC.',
  z.strictObject({
    symbol: MarketSymbol,
    providers: int('How many there are.', 3),
    capital: dec('Ring-fenced capital.', '30000'),
    maxNotional: dec('Notional they would carry at once.', '75000'),
    free: dec('Notional they could take now.', '15000'),
  }),
);
/** What all providers of a market offer together. */
export type BackstopCapacity = z.infer<typeof BackstopCapacity>;

const FundMarket = z.strictObject({
  symbol: MarketSymbol,
  notional: dec('What it took and has not unwound, signed; a spot market stands for its base.', '-1200'),
  freeToBuy: dec('Notional it would still take from longs, its margin left aside.', '251200'),
  freeToSell: dec('Notional it would still take from shorts, its margin left aside.', '248800'),
});

/** The fund as it stands. */
export const Fund = define(
  'Fund',
  'The liquidity and insurance fund as it stands.',
  z.strictObject({
    balance: dec('USDC it has, unrealised profit included.', '1000000'),
    netEquity: dec('Its equity, in USD.', '1000000'),
    maintenanceMargin: dec('Its maintenance margin, in USD.', '0'),
    maxNotional: dec('Notional it takes in one market at most, in USDC.', '250000'),
    markets: z.array(FundMarket).meta({ description: 'Use and room of the limit in every market, in USDC.' }),
  }),
);
/** The fund as it stands. */
export type Fund = z.infer<typeof Fund>;

/** The fund after a settlement. */
export const FundBalance = define(
  'FundBalance',
  'The fund after a settlement.',
  z.strictObject({ epoch: int('Number of the settlement.', 8_812), timestamp: NaiveDateTime, balance: dec('USDC it had.', '1000000') }),
);
/** The fund after a settlement. */
export type FundBalance = z.infer<typeof FundBalance>;

const KINDS = [
  'Charge',
  'Fee',
  'DebtPaid',
  'Collateral',
  'NoteRepaid',
  'Grant',
  'Dust',
  'DeficitCash',
  'LendersPaid',
] as const satisfies readonly (keyof typeof FundMoveCode)[];

/** Why the fund received or paid. */
export const FundMoveKind = words('FundMoveKind', 'Why the fund received or paid, beside its own fills, funding and interest.', KINDS);
/** Why the fund received or paid. */
export type FundMoveKind = z.infer<typeof FundMoveKind>;

/** What the fund received or paid. */
export const FundMove = define(
  'FundMove',
  'What the fund received or paid.',
  z.strictObject({
    id: str('Sequence of the command, and place within it.', '91422-7'),
    timestamp: NaiveDateTime,
    kind: FundMoveKind,
    symbol: AssetSymbol,
    quantity: dec('Received, or paid when negative.', '35.94'),
  }),
);
/** What the fund received or paid. */
export type FundMove = z.infer<typeof FundMove>;

/** A position that was closed against winners. */
export const Deleveraging = define(
  'Deleveraging',
  'A position that was closed against winners: what was needed and what was taken.',
  z.strictObject({
    id: str('Sequence of the command, and place within it.', '91422-7'),
    timestamp: NaiveDateTime,
    symbol: MarketSymbol,
    needed: dec('Size that had to be closed.', '0.5'),
    taken: dec('Size that was closed.', '0.5'),
    overshoot: dec('Taken beyond what was needed.', '0'),
    markPrice: dec('Mark.', '57641.6'),
    price: dec('Price of the close.', '57680.1'),
    deficit: dec('Part of a deficit the close bore, in the quote asset.', '19.25'),
    cash: dec('Of it in cash beside the price.', '0'),
    left: dec('Of it what the premium bound left to the fund.', '0'),
    winners: int('Positions it was closed against.', 3),
  }),
);
/** A position that was closed against winners. */
export type Deleveraging = z.infer<typeof Deleveraging>;

/** A debt note that stands. */
export const DebtNote = define(
  'DebtNote',
  'What the fund paid for the account when it had nothing left: no debt, and in no figure of its equity.',
  z.strictObject({
    id: int('Number of the note.', 1),
    symbol: AssetSymbol,
    quantity: dec('What is left to repay; 0 when it is over.', '877.5'),
    createdAt: NaiveDateTime,
  }),
);
/** A debt note that stands. */
export type DebtNote = z.infer<typeof DebtNote>;
