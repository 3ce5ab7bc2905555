/**
 * Commands: everything that may change the venue, in the form the journal keeps.
 *
 * Fields are words (see `codec/record.ts`), so their unit stands in the name. A user command starts with the fields of
 * {@link USER_HEADER}. The signed envelope travels behind the command in the same journal record and is not decoded by
 * the engine.
 */
import { defineRecord, type RecordSchema } from './codec/record.ts';

const NO_BYTES: Uint8Array = new Uint8Array(0);

/** What every signed command carries: who, with which key, and what makes it unique. */
export const USER_HEADER = {
  /** AccountIx the command acts for. */
  account: 0,
  /** KeyIx and its generation: a revoked key is dead from the revocation on. */
  key: 0,
  keyGeneration: 0,
  /** Client's stamp and window in ms; replay protection remembers (key, stamp, hash) while the window can be open. */
  signedAtMs: 0,
  windowMs: 0,
  /** 96-bit hash of the signed string (batch items add their position), as two 48-bit numbers. */
  signHi: 0,
  signLo: 0,
  /** 96-bit hash of X-Idempotency-Key; 0, 0 without one. */
  idempotencyHi: 0,
  idempotencyLo: 0,
  /** 96-bit hash of the body without its stamp, compared when an idempotency key comes again. */
  bodyHi: 0,
  bodyLo: 0,
};
/** The fields of USER_HEADER. */
export type UserHeader = typeof USER_HEADER;

/** First record of a journal: the venue's constitution as canonical JSON (see `genesis.ts`). */
export const genesis = defineRecord(1, 'genesis', { json: NO_BYTES });

/**
 * What the price sources said. `quotes` is a Float64Array of rows of six:
 * source, asset, bid, ask, last (in the source's quote unit per unit of the asset), sequence of the source.
 */
export const prices = defineRecord(2, 'prices', { quotes: NO_BYTES });

/** One second of the venue: interest, marks, settlement, funding, flags and triggers, in the order of perpetuals.md 7. */
export const tick = defineRecord(3, 'tick', { second: 0 });

/** Settles the open epoch for the accounts `fromAccount <= ix < toAccount`. */
export const settleSlice = defineRecord(4, 'settleSlice', { epoch: 0, fromAccount: 0, toAccount: 0 });

/** Fires the triggers that the last tick found, at most 1,000 a command. */
export const fireTriggers = defineRecord(5, 'fireTriggers', { round: 0 });

/** The custodian saw a deposit become final. `reference` is its own id and makes the credit idempotent. */
export const creditDeposit = defineRecord(6, 'creditDeposit', {
  account: 0,
  asset: 0,
  amountAtoms: 0,
  reference: NO_BYTES,
  fromAddress: NO_BYTES,
});

/** The custodian finished (or refused) a withdrawal. */
export const completeWithdrawal = defineRecord(7, 'completeWithdrawal', { withdrawal: 0, isConfirmed: 0, transaction: NO_BYTES });

/** An operator changes a book's state. `operator` names the person or tool for the record. */
export const setBookState = defineRecord(8, 'setBookState', { market: 0, bookState: 0, operator: NO_BYTES });

/** An operator changes a pool's state. */
export const setPoolState = defineRecord(9, 'setPoolState', { asset: 0, poolState: 0, operator: NO_BYTES });

/** An operator puts a user in a fee tier (tiers also follow 30-day volume by themselves). */
export const setFeeTier = defineRecord(10, 'setFeeTier', { user: 0, feeTier: 0, operator: NO_BYTES });

/** Creates a user with a first account and an all-permission key: the sandbox by itself (first signed request), or the operator's CLI. */
export const registerUser = defineRecord(11, 'registerUser', {
  /** 1 when the sandbox registers an unknown key; refused by a genesis without the sandbox mark. */
  isSandbox: 0,
  /** 96-bit hash of the sender's address, for the daily bound of a public sandbox; 0, 0 when unbounded. */
  addressHi: 0,
  addressLo: 0,
  publicKey: NO_BYTES,
  operator: NO_BYTES,
});

/** Replaces parameters of a listed market or asset by canonical JSON of the same shape as in the genesis. */
export const updateParameters = defineRecord(12, 'updateParameters', { json: NO_BYTES, operator: NO_BYTES });

/** The venue stopped for a while: marks the stop so that stale markets reopen through PostOnly. */
export const resume = defineRecord(13, 'resume', { stoppedAtMicros: 0 });

/** Takes the next turns of the accounts that are being liquidated in a second, a bounded number a command. */
export const liquidate = defineRecord(14, 'liquidate', { second: 0, round: 0 });

/** Spot, perpetual and trigger orders (interface.md 6). Absent numbers are -1 where 0 has a meaning. */
export const placeOrder = defineRecord(20, 'placeOrder', {
  ...USER_HEADER,
  market: 0,
  side: 0,
  orderKind: 0,
  timeInForce: 0,
  isPostOnly: 0,
  isReduceOnly: 0,
  selfTradePrevention: 0,
  /** 0 for market orders. */
  priceTicks: 0,
  /** 0 when a market order gives `quoteAtoms` or a trigger follows the whole position. */
  quantityLots: 0,
  quoteAtoms: 0,
  clientId: -1,
  /** Tristate each. */
  autoLend: 0,
  autoLendRedeem: 0,
  autoBorrow: 0,
  autoBorrowRepay: 0,
  /** SlippageKind, and ticks or ppm. */
  slippageKind: 0,
  slippageTolerance: 0,
  triggerBy: 0,
  triggerPriceTicks: 0,
  /** Lots, or ppm of the position when `triggerIsPercent` is 1. */
  triggerQuantity: 0,
  triggerIsPercent: 0,
  takeProfitTriggerTicks: 0,
  takeProfitTriggerBy: 0,
  takeProfitLimitTicks: 0,
  stopLossTriggerTicks: 0,
  stopLossTriggerBy: 0,
  stopLossLimitTicks: 0,
  brokerId: 0,
});

/** Cancels one order by id, or by client id when `orderId` is 0. */
export const cancelOrder = defineRecord(21, 'cancelOrder', { ...USER_HEADER, market: 0, orderId: 0, clientId: -1 });

/** Cancels an account's orders in a market. `scope` is a CancelScope. */
export const cancelAllOrders = defineRecord(22, 'cancelAllOrders', { ...USER_HEADER, market: 0, scope: 0 });

/** Lends, redeems, borrows or repays by hand: Lend repays debt first, Borrow redeems a lend first; neither crosses over. */
export const executeBorrowLend = defineRecord(23, 'executeBorrowLend', { ...USER_HEADER, asset: 0, side: 0, quantityAtoms: 0 });

/** Changes an account's settings; -1 leaves one as it is. */
export const updateAccount = defineRecord(24, 'updateAccount', {
  ...USER_HEADER,
  autoLend: -1,
  autoRepayBorrows: -1,
  autoBorrowSettlements: -1,
  leverageLimit: -1,
});

/** Opens a further account of the same user. */
export const createSubaccount = defineRecord(25, 'createSubaccount', { ...USER_HEADER });

/** Moves an asset between two accounts of one user. */
export const transfer = defineRecord(26, 'transfer', { ...USER_HEADER, toAccount: 0, asset: 0, quantityAtoms: 0 });

/** Adds a key for one of the user's accounts. */
export const createKey = defineRecord(27, 'createKey', { ...USER_HEADER, forAccount: 0, permissions: 0, publicKey: NO_BYTES });

/** Revokes a key of the user. */
export const revokeKey = defineRecord(28, 'revokeKey', { ...USER_HEADER, revokedKey: 0 });

/** Asks for a withdrawal; the amount is debited now and returned if it fails. `address`, `blockchain`, `clientReference` are UTF-8. */
export const requestWithdrawal = defineRecord(29, 'requestWithdrawal', {
  ...USER_HEADER,
  asset: 0,
  quantityAtoms: 0,
  feeAtoms: 0,
  autoBorrow: 0,
  autoLendRedeem: 0,
  address: NO_BYTES,
  blockchain: NO_BYTES,
  clientReference: NO_BYTES,
});

/** Sets the account's own withdrawal delay in hours; shortening takes effect only after the old delay. */
export const setWithdrawalDelay = defineRecord(30, 'setWithdrawalDelay', { ...USER_HEADER, delayHours: 0 });

/** Turns a balance below the spot market's minimum quantity into USDC at the index, with the fund. */
export const convertDust = defineRecord(31, 'convertDust', { ...USER_HEADER, asset: 0 });

/** Sandbox only: gives test money, bounded. */
export const useFaucet = defineRecord(32, 'useFaucet', { ...USER_HEADER, asset: 0, quantityAtoms: 0 });

/**
 * Offers to take over positions (of a perpetual market) or debts (of a spot market) in liquidation, in USDC atoms; what
 * shrinks does so after the notice. All 0 ends the posting.
 */
export const setBackstop = defineRecord(33, 'setBackstop', {
  ...USER_HEADER,
  market: 0,
  /** Ring-fenced for this market. */
  capitalAtoms: 0,
  /** Notional carried at once, taken in a minute, taken in an hour, at most. */
  notionalAtoms: 0,
  minuteAtoms: 0,
  hourAtoms: 0,
});

/** Repays a debt note, whole or in part, to the fund. */
export const repayDebtNote = defineRecord(34, 'repayDebtNote', { ...USER_HEADER, note: 0, quantityAtoms: 0 });

/** All commands by name. */
export const commands = {
  genesis,
  prices,
  tick,
  settleSlice,
  fireTriggers,
  creditDeposit,
  completeWithdrawal,
  setBookState,
  setPoolState,
  setFeeTier,
  registerUser,
  updateParameters,
  resume,
  liquidate,
  placeOrder,
  cancelOrder,
  cancelAllOrders,
  executeBorrowLend,
  updateAccount,
  createSubaccount,
  transfer,
  createKey,
  revokeKey,
  requestWithdrawal,
  setWithdrawalDelay,
  convertDust,
  useFaucet,
  setBackstop,
  repayDebtNote,
} as const;

/** Name of a command. */
export type CommandName = keyof typeof commands;
/** The plain fields of a command. @example type PlaceOrder = CommandFields<'placeOrder'> */
export type CommandFields<N extends CommandName> = (typeof commands)[N] extends RecordSchema<infer T> ? T : never;
/** A command with its name: what gateways and the ticker hand to the sequencer. */
export type Command = { [N in CommandName]: { name: N; fields: CommandFields<N> } }[CommandName];
/** The fields of a new order. */
export type PlaceOrder = CommandFields<'placeOrder'>;

const byCode: (CommandName | undefined)[] = [];
for (const name of Object.keys(commands)) if (isCommandName(name)) byCode[commands[name].code] = name;

function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}

/** Name of a command code. @throws RangeError for an unknown code: the journal is newer than this build. */
export function commandNameOf(code: number): CommandName {
  const name = byCode[code];
  if (name === undefined) throw new RangeError(`unknown command code ${code}: the journal was written by a newer version`);
  return name;
}
