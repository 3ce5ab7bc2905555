/**
 * Events: what happened, with actual amounts. Everything people see is a fold of these.
 *
 * Fields are words; the sequence and time of the command that caused an event stand in the batch around it. Absent
 * numbers are -1 where 0 has a meaning, 0 otherwise.
 */
import { defineRecord, type RecordSchema } from './codec/record.ts';
import { backstopPosted, backstopTaken, debtNoteChanged, deleveraged, deleveragedAgainst, fundMoved } from './forced-events.ts';
import { ORDER_VIEW, readOrderView } from './order-view.ts';

const NO_BYTES: Uint8Array = new Uint8Array(0);

/** An order was accepted: taken by the engine, before it matches. */
export const orderAccepted = defineRecord(1, 'orderAccepted', { ...ORDER_VIEW }, readOrderView);
/** A trigger order waits. */
export const triggerPlaced = defineRecord(2, 'triggerPlaced', { ...ORDER_VIEW }, readOrderView);
/** A trigger fired but its order could not be placed; `expiryReason` or `rejectCode` says why. */
export const triggerFailed = defineRecord(3, 'triggerFailed', { ...ORDER_VIEW, rejectCode: 0 });
/** The owner (or a cancel-all) ended an order. */
export const orderCancelled = defineRecord(4, 'orderCancelled', { ...ORDER_VIEW }, readOrderView);
/** The engine ended an order; `expiryReason` says why. */
export const orderExpired = defineRecord(5, 'orderExpired', { ...ORDER_VIEW }, readOrderView);
/** The engine shrank a resting order (reduce-only, self-trade). */
export const orderModified = defineRecord(6, 'orderModified', { ...ORDER_VIEW }, readOrderView);

/** One fill. Executed figures of both orders are those after it. */
export const fill = defineRecord(7, 'fill', {
  market: 0,
  tradeId: 0,
  priceTicks: 0,
  quantityLots: 0,
  takerSide: 0,
  takerOrderId: 0,
  makerOrderId: 0,
  takerAccount: 0,
  makerAccount: 0,
  /** In atoms of the quote asset; negative is a rebate. */
  takerFeeAtoms: 0,
  makerFeeAtoms: 0,
  takerExecutedLots: 0,
  takerExecutedQuoteAtoms: 0,
  makerExecutedLots: 0,
  makerExecutedQuoteAtoms: 0,
  makerIsFilled: 0,
  takerIsFilled: 0,
  takerClientId: -1,
  makerClientId: -1,
  /** OrderOrigin of the taker. */
  origin: 0,
});

/** A price level of a book now holds `lots` (0: gone). `updateId` counts per market without gaps. */
export const levelChanged = defineRecord(8, 'levelChanged', { market: 0, side: 0, priceTicks: 0, lots: 0, updateId: 0 });

/** A balance after the command: atoms. `held` is reserved out of free + lent. USDC that only a settlement changed has accountSettled alone. */
export const balanceChanged = defineRecord(9, 'balanceChanged', {
  account: 0,
  asset: 0,
  freeAtoms: 0,
  lentAtoms: 0,
  debtAtoms: 0,
  heldAtoms: 0,
});

/** A position after the command. Amounts in atoms of the quote asset since it was opened; entry cost is signed. */
export const positionChanged = defineRecord(10, 'positionChanged', {
  account: 0,
  market: 0,
  /** Sequence of the command that opened it; the public position id. */
  positionId: 0,
  sizeLots: 0,
  /** Signed sum of price * quantity of the open size at average cost. */
  entryCostAtoms: 0,
  realizedPnlAtoms: 0,
  fundingAtoms: 0,
  feesAtoms: 0,
  closedLots: 0,
  openBidLots: 0,
  openAskLots: 0,
  openedAtMicros: 0,
  /** 0 adjusted, 1 opened, 2 closed. */
  change: 0,
  /** Of the lots closed, those that liquidation closed, and what it took for them in fees and charges. */
  liquidatedLots: 0,
  liquidationFeesAtoms: 0,
});

/** One account's part of a settlement epoch, in USDC atoms, with its USDC balance after. */
export const accountSettled = defineRecord(11, 'accountSettled', {
  account: 0,
  epoch: 0,
  deltaAtoms: 0,
  freeAtoms: 0,
  lentAtoms: 0,
  debtAtoms: 0,
  heldAtoms: 0,
});

/** An epoch began: settle marks are fixed. */
export const epochOpened = defineRecord(12, 'epochOpened', { epoch: 0, accounts: 0 });
/** One market's part of an epoch: gains and losses are equal. */
export const epochMarket = defineRecord(13, 'epochMarket', { epoch: 0, market: 0, markTicks: 0, gainsAtoms: 0, lossesAtoms: 0 });
/** An epoch closed; the venue's heartbeat. */
export const epochClosed = defineRecord(14, 'epochClosed', { epoch: 0, accounts: 0, borrowsAtoms: 0, feesAtoms: 0, fundAtoms: 0 });

/** Funding paid (negative) or received at an hour's end, in USDC atoms. Rate is in 1e-9 an hour. */
export const fundingPaid = defineRecord(15, 'fundingPaid', {
  account: 0,
  market: 0,
  amountAtoms: 0,
  ratePpb: 0,
  sizeLots: 0,
  hourEndMicros: 0,
});
/** An hour's funding rate of a market; `isPaid` 0 when the hour had too few samples. */
export const fundingRateSet = defineRecord(16, 'fundingRateSet', { market: 0, ratePpb: 0, isPaid: 0, hourEndMicros: 0 });

/** Interest of one account, asset and side summed over an hour. Positive amounts; `side` is a BorrowLendSide. */
export const interestPaid = defineRecord(17, 'interestPaid', { account: 0, asset: 0, side: 0, amountAtoms: 0, rate: 0, hourEndMicros: 0 });

/** A lend or debt grew or shrank for a reason other than interest. Types and sources as in `enums.ts`. */
export const borrowLendMoved = defineRecord(18, 'borrowLendMoved', {
  account: 0,
  asset: 0,
  eventType: 0,
  quantityAtoms: 0,
  source: 0,
  positionAtoms: 0,
  positionId: 0,
  orderId: 0,
});

/** A source-by-source result of the index; `price` in USD per unit. */
export const indexUpdated = defineRecord(19, 'indexUpdated', {
  asset: 0,
  price: 0,
  markPrice: 0,
  stablePrice: 0,
  grade: 0,
  freshSources: 0,
});

/** A market's mark and how it came about; `premium` is a fraction, `fundingPpb` the estimate for the running hour. */
export const markUpdated = defineRecord(20, 'markUpdated', {
  market: 0,
  markTicks: 0,
  indexPrice: 0,
  ewma: 0,
  premium: 0,
  fundingPpb: 0,
  nextFundingMicros: 0,
  grade: 0,
  isStepLimited: 0,
});

/** A book's state changed. */
export const bookStateChanged = defineRecord(21, 'bookStateChanged', { market: 0, bookState: 0, isReduceOnly: 0 });

/** A pool after an accrual, published once a minute and on a change of state; rates are a year's fraction. */
export const poolUpdated = defineRecord(22, 'poolUpdated', {
  asset: 0,
  poolState: 0,
  lentAtoms: 0,
  borrowedAtoms: 0,
  lendRate: 0,
  borrowRate: 0,
  utilization: 0,
});

/** A user and account came into being. */
export const accountCreated = defineRecord(23, 'accountCreated', { user: 0, account: 0, subIndex: 0, isSandbox: 0 });
/** An account's settings after a change. */
export const accountUpdated = defineRecord(24, 'accountUpdated', {
  account: 0,
  autoLend: 0,
  autoRepayBorrows: 0,
  autoBorrowSettlements: 0,
  leverageLimit: 0,
  withdrawalDelayHours: 0,
});
/** A key was added. */
export const keyCreated = defineRecord(25, 'keyCreated', {
  key: 0,
  generation: 0,
  user: 0,
  account: 0,
  permissions: 0,
  publicKey: NO_BYTES,
});
/** A key was revoked. */
export const keyRevoked = defineRecord(26, 'keyRevoked', { key: 0, generation: 0, user: 0, account: 0 });
/** A user's fee tier changed. Rates in ppm. */
export const feeTierChanged = defineRecord(27, 'feeTierChanged', { user: 0, feeTier: 0 });

/** A deposit was credited. */
export const depositCredited = defineRecord(28, 'depositCredited', {
  deposit: 0,
  account: 0,
  asset: 0,
  amountAtoms: 0,
  isFaucet: 0,
  reference: NO_BYTES,
  fromAddress: NO_BYTES,
});
/** A withdrawal was asked for (its amount left the account), sent to the custodian, finished or returned. */
export const withdrawalChanged = defineRecord(29, 'withdrawalChanged', {
  withdrawal: 0,
  account: 0,
  asset: 0,
  quantityAtoms: 0,
  feeAtoms: 0,
  status: 0,
  releaseAtMicros: 0,
  requestedAtMicros: 0,
  address: NO_BYTES,
  blockchain: NO_BYTES,
  clientReference: NO_BYTES,
  transaction: NO_BYTES,
});
/** An asset moved between two accounts of a user. */
export const transferred = defineRecord(30, 'transferred', { fromAccount: 0, toAccount: 0, asset: 0, quantityAtoms: 0 });
/** A dust balance became USDC. */
export const dustConverted = defineRecord(31, 'dustConverted', { conversion: 0, account: 0, asset: 0, quantityAtoms: 0, usdcAtoms: 0 });

/** An account fell below maintenance (1) or is back at liquidation-end (0). USD figures. */
export const accountFlagged = defineRecord(32, 'accountFlagged', { account: 0, isLiquidating: 0, equity: 0, maintenance: 0 });
/** Lenders of an asset lost `amountAtoms`: the lend index fell once. */
export const lendersLost = defineRecord(33, 'lendersLost', { asset: 0, amountAtoms: 0 });
/** An operator's act, for the record. */
export const operatorActed = defineRecord(34, 'operatorActed', { commandCode: 0, operator: NO_BYTES });
/** Parameters of a market or asset changed: canonical JSON of the whole new listing. */
export const parametersChanged = defineRecord(35, 'parametersChanged', { json: NO_BYTES });
/** The venue's constitution, first of all events. */
export const venueCreated = defineRecord(36, 'venueCreated', { json: NO_BYTES });

/**
 * A receipt of something the venue did to an account (liquidation.md 4): what the engine saw, the account before and
 * after line by line, the acts. `lines` holds the sections of `receipt-layout.ts` as words.
 */
export const receiptWritten = defineRecord(47, 'receiptWritten', {
  /** Number of the receipt in the venue, from 1. */
  receipt: 0,
  /** ReceiptKind. */
  kind: 0,
  account: 0,
  /** -1 none. */
  market: -1,
  asset: -1,
  /** Stage of the waterfall, 0 to 4; -1 outside it. */
  stage: -1,
  /** Version of the rules it follows. */
  ruleVersion: 0,
  /** Acts that found no room; 0 for every receipt that is whole. */
  actsOmitted: 0,
  lines: NO_BYTES,
});

/** A liquidation reached a further stage (LiquidationStage). USD figures of the account. */
export const liquidationAdvanced = defineRecord(37, 'liquidationAdvanced', {
  account: 0,
  stage: 0,
  openedSecond: 0,
  equity: 0,
  realEquity: 0,
  maintenance: 0,
  exposure: 0,
});

/** All events by name. */
export const events = {
  orderAccepted,
  triggerPlaced,
  triggerFailed,
  orderCancelled,
  orderExpired,
  orderModified,
  fill,
  levelChanged,
  balanceChanged,
  positionChanged,
  accountSettled,
  epochOpened,
  epochMarket,
  epochClosed,
  fundingPaid,
  fundingRateSet,
  interestPaid,
  borrowLendMoved,
  indexUpdated,
  markUpdated,
  bookStateChanged,
  poolUpdated,
  accountCreated,
  accountUpdated,
  keyCreated,
  keyRevoked,
  feeTierChanged,
  depositCredited,
  withdrawalChanged,
  transferred,
  dustConverted,
  accountFlagged,
  lendersLost,
  operatorActed,
  parametersChanged,
  venueCreated,
  liquidationAdvanced,
  backstopPosted,
  backstopTaken,
  deleveraged,
  deleveragedAgainst,
  fundMoved,
  debtNoteChanged,
  receiptWritten,
} as const;

/** Name of an event. */
export type EventName = keyof typeof events;
/** The plain fields of an event. @example type Fill = EventFields<'fill'> */
export type EventFields<N extends EventName> = (typeof events)[N] extends RecordSchema<infer T> ? T : never;
/** An event with its name. */
export type EngineEvent = { [N in EventName]: { name: N; fields: EventFields<N> } }[EventName];

const nameByCode = new Map<number, EventName>();
for (const name of Object.keys(events)) if (isEventName(name)) nameByCode.set(events[name].code, name);

function isEventName(name: string): name is EventName {
  return Object.hasOwn(events, name);
}

/** Name of an event code. @throws RangeError for an unknown code. */
export function eventNameOf(code: number): EventName {
  const name = nameByCode.get(code);
  if (name === undefined) throw new RangeError(`unknown event code ${code}: the journal was written by a newer version`);
  return name;
}
