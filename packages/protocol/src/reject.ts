/**
 * Rejects: expected refusals, as values. A reject leaves the state untouched.
 *
 * The number is public (journals, ring, statistics); `api` is the code of the public interface (interface.md 5) and
 * `text` the sentence for people, with `{value}` and `{limit}` replaced by the numbers the engine gives.
 */

/** One row of the table below. */
export interface RejectInfo {
  readonly code: number;
  readonly api: string;
  readonly text: string;
}

const row = (code: number, api: string, text: string): RejectInfo => ({ code, api, text });

/** Every reject the engine or the sequencer can answer. */
export const rejects = {
  // 1..19: who is asking
  unknownAccount: row(1, 'RESOURCE_NOT_FOUND', 'Account {value} Not Found'),
  unknownKey: row(2, 'UNAUTHORIZED', 'The API key is unknown or was revoked: create a key or use another'),
  keyPermission: row(
    3,
    'FORBIDDEN',
    'The API key lacks the permission for this: it has bits {value}, this needs {limit} (1 read, 2 trade, 4 withdraw)',
  ),
  replayedSignature: row(4, 'INVALID_CLIENT_REQUEST', 'This signed request was already received: sign again with a new timestamp'),
  expiredSignature: row(5, 'INVALID_CLIENT_REQUEST', 'Request has expired: its window closed {value} ms ago'),
  idempotencyMismatch: row(6, 'PRECONDITION_FAILED', 'The X-Idempotency-Key was used with another body within 24 h: use a new key'),
  idempotencyTableFull: row(
    7,
    'TOO_MANY_REQUESTS',
    'The account has {limit} live idempotency keys, the most there can be: leave the header out or wait',
  ),
  accountLiquidating: row(
    8,
    'ACCOUNT_LIQUIDATING',
    'The account is being liquidated: only orders that lower risk are accepted, on perpetual markets with reduceOnly; it may deposit and repay',
  ),
  accountTableFull: row(9, 'PRECONDITION_FAILED', 'The venue is full: it holds {limit} accounts, the most it was configured for'),
  subaccountLimit: row(10, 'PRECONDITION_FAILED', 'A user has at most {limit} accounts'),
  sandboxOnly: row(11, 'FORBIDDEN', 'This exists only in a sandbox; this venue is not one'),
  registrationBound: row(12, 'TOO_MANY_REQUESTS', 'At most {limit} new keys per address and day can register here'),
  keyExists: row(13, 'PRECONDITION_FAILED', 'This public key is registered already'),
  keyTableFull: row(14, 'PRECONDITION_FAILED', 'A user has at most {limit} keys: revoke one first'),
  badPublicKey: row(15, 'INVALID_CLIENT_REQUEST', 'A public key is 32 bytes, got {value}'),
  replayTableFull: row(16, 'TOO_MANY_REQUESTS', 'Too many signed writes within one window: at most {limit} are remembered'),
  notYourAccount: row(17, 'FORBIDDEN', 'Account {value} belongs to another user'),
  unknownUser: row(18, 'RESOURCE_NOT_FOUND', 'User {value} Not Found'),
  lastKey: row(19, 'PRECONDITION_FAILED', 'The last key that may withdraw and trade cannot be revoked: create another first'),

  // 20..59: shape and state of orders
  unknownMarket: row(20, 'INVALID_MARKET', 'Invalid market symbol'),
  unknownAsset: row(21, 'INVALID_ASSET', 'Unknown asset {value}'),
  badQuantity: row(22, 'INVALID_QUANTITY', 'Quantity {value} lots is outside 1 .. {limit}'),
  belowMinQuantity: row(23, 'INVALID_QUANTITY', 'Quantity {value} lots is below the minimum of {limit} lots'),
  badPrice: row(24, 'INVALID_PRICE', 'Price {value} ticks is outside 1 .. {limit}'),
  notionalTooLarge: row(25, 'INVALID_QUANTITY', 'The order is worth {value} quote atoms, more than {limit}'),
  priceOutsideBand: row(26, 'INVALID_PRICE', 'Price is too far from the last active price: {value} ticks, allowed is up to {limit}'),
  bookClosed: row(27, 'TRADING_PAUSED', 'The market takes no orders now'),
  bookPostOnly: row(28, 'TRADING_PAUSED', 'The market takes post-only orders only now: set postOnly'),
  bookLimitOnly: row(29, 'TRADING_PAUSED', 'The market takes limit orders only now: send a Limit order'),
  bookCancelOnly: row(30, 'TRADING_PAUSED', 'The market takes cancels only now'),
  marketReduceOnly: row(31, 'TRADING_PAUSED', 'The price of this market is stale: only reduce-only orders are accepted'),
  noReferencePrice: row(32, 'TRADING_PAUSED', 'The market has no price yet: try again when it shows an index price'),
  reduceOnlySpot: row(33, 'INVALID_ORDER', 'reduceOnly exists on perpetual markets only'),
  reduceOnlyNotReduced: row(34, 'INVALID_ORDER', 'A reduceOnly order must be against an open position: the position is {value} lots'),
  orderLimit: row(35, 'ORDER_LIMIT', 'The account has {value} open orders of this kind; {limit} is the most'),
  orderTableFull: row(36, 'PRECONDITION_FAILED', 'The venue holds {limit} open orders, the most it was configured for'),
  positionLimit: row(37, 'POSITION_LIMIT', 'The position would be worth {value} USD, more than the limit of {limit} USD'),
  openInterestLimit: row(
    38,
    'POSITION_LIMIT',
    'The open interest of the market would pass its limit of {limit} USD: only risk-reducing orders are accepted',
  ),
  orderNotFound: row(39, 'RESOURCE_NOT_FOUND', 'Order Not Found'),
  insufficientMargin: row(
    40,
    'INSUFFICIENT_MARGIN',
    'Insufficient margin: equity available would be {value} USD with this order at its worst price',
  ),
  insufficientFunds: row(41, 'INSUFFICIENT_FUNDS', 'Insufficient funds: {value} atoms are available, {limit} are needed'),
  negativeEquity: row(42, 'INSUFFICIENT_MARGIN', 'The order would leave the account with negative equity'),
  triggerPair: row(43, 'INVALID_CLIENT_REQUEST', 'Must specify both `triggerPrice` and `triggerQuantity` or neither'),
  triggerOnSpotPercent: row(44, 'INVALID_ORDER', 'A percentage triggerQuantity needs a perpetual market'),
  marketOrderNeedsOne: row(45, 'INVALID_ORDER', 'A Market order needs exactly one of quantity and quoteQuantity'),
  marketOrderFlags: row(46, 'INVALID_ORDER', 'A Market order takes no price and no postOnly, and its timeInForce is IOC or FOK'),
  postOnlyTimeInForce: row(47, 'INVALID_ORDER', 'postOnly needs timeInForce GTC'),
  limitOrderNeeds: row(48, 'INVALID_ORDER', 'A Limit order needs price and quantity, and takes no quoteQuantity'),
  attachedOnSpot: row(49, 'INVALID_ORDER', 'takeProfit and stopLoss exist on perpetual markets only'),
  attachedWrongSide: row(50, 'INVALID_PRICE', 'The trigger price {value} is on the wrong side of {limit}'),
  slippageOnLimit: row(51, 'INVALID_ORDER', 'slippageTolerance belongs to Market orders'),
  spotMarginFlagsOnPerp: row(52, 'INVALID_ORDER', 'autoBorrow and autoLendRedeem are for spot orders'),
  borrowRequiresLendRedeem: row(
    53,
    'BORROW_REQUIRES_LEND_REDEEM',
    'The account lends this asset: redeem first, at most {limit} atoms, or ask for no more than that',
  ),
  lendRequiresBorrowRepay: row(
    54,
    'LEND_REQUIRES_BORROW_REPAY',
    'The account owes this asset: repay first, at most {limit} atoms, or lend no more than that',
  ),
  slippageRange: row(55, 'INVALID_ORDER', 'slippageTolerance {value} is outside its range, at most {limit}'),
  bookFull: row(
    57,
    'INVALID_PRICE',
    'The book holds {limit} price levels on this side, the most it can, and {value} ticks is farther than all of them: choose a price nearer to the market',
  ),
  triggerAlreadyMet: row(56, 'INVALID_PRICE', 'The trigger price equals the current price: choose another'),

  // 60..99: money
  badAmount: row(60, 'INVALID_QUANTITY', 'Quantity {value} atoms is outside 1 .. {limit}'),
  insufficientBalance: row(61, 'INSUFFICIENT_FUNDS', 'Insufficient funds: {value} atoms are available, {limit} are needed'),
  leavingMargin: row(
    62,
    'INSUFFICIENT_MARGIN',
    'Insufficient margin: equity available would be {value} USD after it, at the worst of mark, index and stable price',
  ),
  poolClosed: row(63, 'TRADING_PAUSED', 'Lending of this asset is closed'),
  poolRepayOnly: row(64, 'TRADING_PAUSED', 'The pool of this asset takes repayments only now'),
  notBorrowable: row(65, 'INVALID_ASSET', 'This asset cannot be lent or borrowed'),
  maxUtilization: row(66, 'INSUFFICIENT_SUPPLY', 'The pool of this asset is used to its bound: at most {limit} atoms can leave it now'),
  borrowLimit: row(67, 'BORROW_LIMIT', 'Borrows of the account would be worth {value} USD, more than its limit of {limit} USD'),
  openBorrowLendLimit: row(68, 'LEND_LIMIT', 'The pool of this asset is at its limit of {limit} atoms'),
  dailyBorrowGuard: row(69, 'INSUFFICIENT_SUPPLY', 'Borrows of this asset grow too fast: {limit} atoms more can be borrowed today'),
  manualUndone: row(70, 'PRECONDITION_FAILED', 'An automatic setting would undo this at once: turn off autoLend or autoRepayBorrows first'),
  priceNotGood: row(71, 'PRECONDITION_FAILED', 'The price of this asset is not good enough to borrow or withdraw against it now'),
  epochOpen: row(72, 'TOO_EARLY', 'A settlement is running: try again in a moment'),
  userLiquidating: row(73, 'ACCOUNT_LIQUIDATING', 'An account of the user is being liquidated: nothing can leave until it is over'),
  profitPace: row(74, 'TOO_EARLY', 'Fresh profit leaves at a bounded pace: at most {limit} atoms can leave now'),
  withdrawalFeeTooSmall: row(75, 'INVALID_QUANTITY', 'The quantity {value} does not cover the withdrawal fee of {limit} atoms'),
  unknownWithdrawal: row(76, 'RESOURCE_NOT_FOUND', 'Withdrawal {value} Not Found'),
  holdingLimit: row(77, 'PRECONDITION_FAILED', 'The balance would pass {limit} atoms, the most one account can hold'),
  duplicateDeposit: row(78, 'PRECONDITION_FAILED', 'This deposit was credited already'),
  sameAccount: row(79, 'INVALID_CLIENT_REQUEST', 'The transfer names one account twice'),
  leverageRange: row(80, 'MAX_LEVERAGE_REACHED', 'leverageLimit {value} is outside 1 .. {limit}'),
  leverageInUse: row(81, 'INSUFFICIENT_MARGIN', 'Open positions need more leverage than {value}: equity available would be {limit} USD'),
  notDust: row(82, 'INVALID_QUANTITY', 'The balance {value} is not below the minimum quantity of {limit} atoms: sell it on the market'),
  noDustMarket: row(83, 'INVALID_ASSET', 'This asset has no spot market against USDC'),
  faucetBound: row(84, 'TOO_MANY_REQUESTS', 'The faucet gives at most {limit} atoms of this asset per account and day'),
  delayRange: row(85, 'INVALID_RANGE', 'withdrawalDelayHours {value} is outside 0 .. {limit}'),
  fundEmpty: row(86, 'PRECONDITION_FAILED', 'The fund cannot take this now'),
  clientReferenceUsed: row(87, 'PRECONDITION_FAILED', 'A withdrawal with this clientId exists already'),
  badParameters: row(88, 'INVALID_CLIENT_REQUEST', 'The parameters break a rule of the configuration'),
  holdingTableFull: row(89, 'PRECONDITION_FAILED', 'The venue holds {limit} balances, the most it was configured for'),
  futureSignature: row(
    90,
    'INVALID_CLIENT_REQUEST',
    'The timestamp is {value} ms ahead of the venue, more than its window of {limit} ms: set your clock',
  ),
  withdrawalTableFull: row(91, 'PRECONDITION_FAILED', 'The venue holds {limit} open withdrawals, the most it was configured for'),
  badPermissions: row(92, 'INVALID_CLIENT_REQUEST', 'Permissions {value} are outside 1 .. {limit} (1 read, 2 trade, 4 withdraw)'),
  feeTierRange: row(93, 'INVALID_RANGE', 'Fee tier {value} is outside 0 .. {limit}'),
  textTooLong: row(94, 'INVALID_CLIENT_REQUEST', 'A text of {value} bytes is outside 1 .. {limit}'),
  unknownUserKey: row(95, 'RESOURCE_NOT_FOUND', 'Key {value} Not Found'),

  // 100..: the sequencer and the venue as a whole
  busy: row(100, 'TOO_MANY_REQUESTS', 'The venue is busy: nothing was done, try again'),
  maintenance: row(101, 'MAINTENANCE', 'The venue cannot make commands durable now (its disk is full or failing): nothing was done'),
  timeout: row(102, 'TIMEOUT', 'No answer in time; the request may still be carried out: look at your open orders'),
  // 110..119: backstop and debt notes
  debtNoteStands: row(
    110,
    'PRECONDITION_FAILED',
    'Debt note {value} stands: the account may hold, deposit and withdraw, nothing else, until the note is repaid',
  ),
  noteOfReceiver: row(111, 'PRECONDITION_FAILED', 'Debt note {value} of the receiving account stands: no other account may send to it'),
  unknownNote: row(112, 'RESOURCE_NOT_FOUND', 'Debt note {value} Not Found'),
  noteOverpaid: row(113, 'INVALID_QUANTITY', 'Quantity {value} atoms is more than is left of the debt note, {limit} atoms'),
  backstopCapital: row(
    114,
    'INSUFFICIENT_MARGIN',
    'The capital to be ring-fenced must be there: equity available beyond what is fenced would be {value} USD, {limit} USD are fenced',
  ),
  backstopTableFull: row(115, 'PRECONDITION_FAILED', 'The venue holds {limit} backstop postings, the most there can be'),
  backstopCapitalMin: row(
    117,
    'INVALID_QUANTITY',
    'A backstop posting ring-fences at least {limit} USD, got {value}: post more, or 0 to end a posting you have',
  ),
  backstopMarket: row(116, 'INVALID_MARKET', 'Backstop postings are for perpetual markets, and for spot markets against USDC'),
  notOffered: row(103, 'PRECONDITION_FAILED', 'This venue does not offer it yet'),
} as const;

/** Name of a reject. */
export type RejectName = keyof typeof rejects;

const byCode = new Map<number, RejectInfo>();
for (const info of Object.values(rejects)) byCode.set(info.code, info);

/** Row of a reject code. @throws RangeError for an unknown code. */
export function rejectInfo(code: number): RejectInfo {
  const info = byCode.get(code);
  if (info === undefined) throw new RangeError(`unknown reject code ${code}`);
  return info;
}

/** A reject as the engine answers it: a code of {@link rejects} and up to two numbers for the sentence. */
export interface Reject {
  code: number;
  value: number;
  limit: number;
}

/**
 * The sentence of a reject for people.
 *
 * @example
 * describeReject({ code: 10, value: 11, limit: 10 }) // 'A user has at most 10 accounts'
 */
export function describeReject(reject: Reject): string {
  return rejectInfo(reject.code).text.replaceAll('{value}', String(reject.value)).replaceAll('{limit}', String(reject.limit));
}
