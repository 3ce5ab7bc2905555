/**
 * The numbers of a receipt as words: sections of rows, each row the columns named here.
 *
 * A section is three words (code, rows, words of a row) and its rows. A reader takes the columns it knows; later versions
 * add columns at the end of a row and sections with new codes, and change neither meaning nor place of what is here.
 */

/**
 * Version of the rules that receipts of this build follow; raised when a formula changes, or what a receipt says. From 2 on a
 * receipt carries the parameters of its own kind, and 0 where nothing stands on a number of an asset or market; the impact band
 * of a slice, the whole of a debt a charge is of, the amounts of notes and repayments, and for a winner the terms of the close. From 3
 * on that of a taking says why the account was left to the backstop.
 */
export const RECEIPT_RULE_VERSION = 3;

/** How a mark of this second came about. */
export const MarkRule = {
  /** The first price: the index. */
  First: 0,
  /** The last mark moved towards its target within the step limit. */
  Stepped: 1,
  /** The book is PostOnly: the index itself. */
  Index: 2,
  /** The index is stale: the last mark is held. */
  Held: 3,
  /** A spot market: the mark of the base over the mark of the quote. */
  Assets: 4,
  /** The last trade, in an engine without layers. */
  LastTrade: 5,
} as const;
export type MarkRule = (typeof MarkRule)[keyof typeof MarkRule];

/** When a line of the account was read. */
export const ReceiptMoment = { Before: 0, After: 1 } as const;
export type ReceiptMoment = (typeof ReceiptMoment)[keyof typeof ReceiptMoment];

/**
 * Sections by name. Prices are USD per unit as doubles, `...Ticks`, `...Lots` and `...Atoms` whole numbers, flags 0 or 1,
 * what is absent -1.
 */
export const RECEIPT_SECTIONS = {
  /** Rules of prices and liquidation that the kind stands on: code of the parameter and its value, in the order of `RECEIPT_PARAMETERS`. */
  parameters: { code: 1, columns: ['parameter', 'value'] },
  /** Every asset the account has, is long or short of, or that prices another of them. `weightKind` 0 identity, 1 inverseSqrt. */
  assets: {
    code: 2,
    columns: [
      'asset',
      'index',
      'grade',
      'freshSources',
      'markRule',
      'markBefore',
      'seconds',
      'stepPerSecond',
      'mark',
      'underlying',
      'redemptionRate',
      'weightKind',
      'weight',
      'weightBase',
      'weightPenalty',
      'borrowMmfBase',
      'borrowMmfFactor',
      'listedRate',
    ],
  },
  /** What each source said when the index was computed; `price` 0 when it could not speak, `clamped` 0 when it did not count. */
  sources: {
    code: 3,
    columns: ['asset', 'source', 'bid', 'ask', 'last', 'quoteUsd', 'weight', 'ageMicros', 'isFresh', 'price', 'clamped'],
  },
  /** Marks of the account's markets, layer by layer. */
  markets: {
    code: 4,
    columns: [
      'market',
      'index',
      'grade',
      'markRule',
      'seconds',
      'mid',
      'isMidCounted',
      'ewmaBefore',
      'ewma',
      'premiumBound',
      'layer1',
      'layer2',
      'markBefore',
      'stepPerSecond',
      'layer3',
      'markTicks',
      'maxPriceTicks',
      'mmfBase',
      'mmfFactor',
    ],
  },
  positions: {
    code: 5,
    columns: [
      'moment',
      'market',
      'sizeLots',
      'openBidLots',
      'openAskLots',
      'lastMarkTicks',
      'pnlAtoms',
      'notional',
      'fraction',
      'margin',
      'exposure',
    ],
  },
  /** `asSettledAtoms` is free + lent - debt, for USDC with the P&L of all positions; `fraction` the weight or, owed, the margin fraction. */
  holdings: {
    code: 6,
    columns: [
      'moment',
      'asset',
      'freeAtoms',
      'lentAtoms',
      'debtAtoms',
      'heldAtoms',
      'asSettledAtoms',
      'price',
      'value',
      'fraction',
      'counted',
      'exposure',
    ],
  },
  /** The engine's own totals, USD. */
  totals: {
    code: 7,
    columns: [
      'moment',
      'collateral',
      'assets',
      'borrowLiability',
      'netEquity',
      'realEquity',
      'maintenanceMargin',
      'totalExposure',
      'unrealisedPnl',
    ],
  },
  /** What was done, in order. `trades` consecutive trades at one price are one act. */
  acts: {
    code: 8,
    columns: ['act', 'counterAccount', 'market', 'asset', 'lots', 'priceTicks', 'atoms', 'feeAtoms', 'orderId', 'tradeId', 'trades'],
  },
  /** Numbers the rule was applied with. */
  terms: { code: 9, columns: ['term', 'value'] },
} as const;

/** Name of a section. */
export type ReceiptSection = keyof typeof RECEIPT_SECTIONS;
/** A row of a section by column. */
export type ReceiptRow<S extends ReceiptSection> = { [C in (typeof RECEIPT_SECTIONS)[S]['columns'][number]]: number };
/** All rows of a receipt. */
export type ReceiptLines = { [S in ReceiptSection]: ReceiptRow<S>[] };
