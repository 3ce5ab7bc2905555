/** Rejects of the engine for people: its numbers are ticks, lots and atoms, theirs are prices, quantities and amounts with symbols. */
import { describeReject, type Reject, type RejectName, rejects } from '@mochila/protocol';
import { permissionWords } from '../auth/key-directory.ts';
import { type ApiError, apiErrorOfReject } from '../errors/api-error.ts';
import { showValue } from '../errors/show-value.ts';
import type { AssetEntry, MarketEntry } from './directory.ts';
import { type OrderName, orderNotFound } from './read-order-id.ts';
import { writeAmount, writeFigure, writePrice, writeQuantity } from './write-decimals.ts';

/** What a command was about. */
export type RejectSubject = {
  readonly market?: MarketEntry;
  /** Asset whose atoms a refusal counts: of an order, what it pays with. */
  readonly asset?: AssetEntry;
  /** How the request named an order that it is about. */
  readonly order?: OrderName;
  /** The client's own name of a withdrawal that it asked for. */
  readonly clientReference?: string | undefined;
};

type Numbers = { readonly value: number; readonly limit: number };
type MarketSentence = (market: MarketEntry, numbers: Numbers) => string;
type AssetSentence = (asset: AssetEntry, numbers: Numbers) => string;
type Sentence = (numbers: Numbers) => string;

const USD_DIGITS = 2;
const usd = (value: number): string => `${writeFigure(value, USD_DIGITS)} USD`;
const price = (market: MarketEntry, ticks: number): string => `${writeTicks(market, ticks)} ${market.quote.symbol}`;
const quantity = (market: MarketEntry, lots: number): string => `${writeLots(market, lots)} ${market.base.symbol}`;
const amount = (asset: AssetEntry, atoms: number): string => `${writeAtoms(asset, atoms)} ${asset.symbol}`;

const MARKET_SENTENCES: { readonly [Name in RejectName]?: MarketSentence } = {
  unknownMarket: (market) => `Invalid market symbol "${market.symbol}"`,
  badQuantity: (market, { value, limit }) =>
    `Quantity ${quantity(market, value)} is outside ${writeQuantity(market, market.listing.minQuantityLots)} .. ${quantity(market, limit)}`,
  belowMinQuantity: (market, { value, limit }) =>
    `Quantity ${quantity(market, value)} is below the minimum of ${quantity(market, limit)} on ${market.symbol}`,
  badPrice: (market, { value, limit }) => `Price ${price(market, value)} is outside ${writePrice(market, 1)} .. ${price(market, limit)}`,
  notionalTooLarge: (market, { value, limit }) =>
    `The order is worth ${amount(market.quote, value)}, more than ${amount(market.quote, limit)}`,
  priceOutsideBand: (market, { value, limit }) =>
    `Price is too far from the last active price: ${price(market, value)}, allowed is ${value > limit ? 'at most' : 'at least'} ${price(market, limit)}`,
  reduceOnlyNotReduced: (market, { value }) =>
    `A reduceOnly order must be against an open position: the position in ${market.symbol} is ${quantity(market, value)}`,
  attachedWrongSide: (market, { value, limit }) =>
    `The trigger price ${price(market, value)} is on the wrong side of ${price(market, limit)}`,
  bookFull: (market, { value, limit }) =>
    `The book holds ${limit} price levels on this side, the most it can, and ${price(market, value)} is farther than all of them: choose a price nearer to the market`,
  triggerAlreadyMet: (market, { value }) => `The trigger price ${price(market, value)} equals the current price: choose another`,
};

const ASSET_SENTENCES: { readonly [Name in RejectName]?: AssetSentence } = {
  unknownAsset: (asset) => `Unknown asset "${asset.symbol}"`,
  insufficientFunds: (asset, numbers) => shortOf(asset, numbers),
  insufficientBalance: (asset, numbers) => shortOf(asset, numbers),
  borrowRequiresLendRedeem: (asset, { limit }) =>
    `The account lends ${amount(asset, limit)}: redeem first, or ask for no more than what it lends`,
  lendRequiresBorrowRepay: (asset, { limit }) => `The account owes ${amount(asset, limit)}: repay first, or lend no more than what it owes`,
  noteOverpaid: (asset, { value, limit }) =>
    `Quantity ${amount(asset, value)} is more than is left of the debt note, ${amount(asset, limit)}`,
  badAmount: (asset, { value, limit }) => `Quantity ${amount(asset, value)} is outside ${writeAtoms(asset, 1)} .. ${amount(asset, limit)}`,
  maxUtilization: (asset, { limit }) =>
    `The ${asset.symbol} pool is used to its bound: at most ${amount(asset, limit)} can leave it now; try less, or later`,
  openBorrowLendLimit: (asset, { limit }) => `The ${asset.symbol} pool is at its limit of ${amount(asset, limit)}`,
  dailyBorrowGuard: (asset, { limit }) => `Borrows of ${asset.symbol} grow too fast: ${amount(asset, limit)} more can be borrowed today`,
  profitPace: (asset, { limit }) => `Fresh profit leaves at a bounded pace: at most ${amount(asset, limit)} can leave now`,
  withdrawalFeeTooSmall: (asset, { value, limit }) =>
    `The quantity ${amount(asset, value)} does not cover the withdrawal fee of ${amount(asset, limit)}`,
  holdingLimit: (asset, { limit }) => `The balance would pass ${amount(asset, limit)}, the most one account can hold`,
  notDust: (asset, { value, limit }) =>
    `The balance of ${amount(asset, value)} is not below the minimum quantity of ${amount(asset, limit)}: sell it on the market`,
  faucetBound: (asset, { limit }) => `The faucet gives at most ${amount(asset, limit)} per account and day`,
  notBorrowable: (asset) => `${asset.symbol} cannot be lent or borrowed`,
  noDustMarket: (asset) => `${asset.symbol} has no spot market against USDC`,
  priceNotGood: (asset) => `The price of ${asset.symbol} is not good enough to borrow or withdraw against it now`,
};

const PLAIN_SENTENCES: { readonly [Name in RejectName]?: Sentence } = {
  unknownUserKey: () => 'Key Not Found: GET /api/v1/keys lists yours',
  keyPermission: ({ value, limit }) =>
    `This key may ${permissionWords(value).join(', ') || 'nothing'}; the request needs ${permissionWords(limit).join(', ')}`,
  positionLimit: ({ value, limit }) => `The position would be worth ${usd(value)}, more than the limit of ${usd(limit)}`,
  openInterestLimit: ({ limit }) =>
    `The open interest of the market would pass its limit of ${usd(limit)}: only risk-reducing orders are accepted`,
  insufficientMargin: ({ value }) =>
    `Insufficient margin: equity available would be ${usd(value)} with this order at its worst price; order less, or see GET /api/v1/account/limits/order`,
  leavingMargin: ({ value }) =>
    `Insufficient margin: equity available would be ${usd(value)} after it, at the worst of mark, index and stable price`,
  borrowLimit: ({ value, limit }) => `Borrows of the account would be worth ${usd(value)}, more than its limit of ${usd(limit)}`,
  leverageInUse: ({ value, limit }) => `Open positions need more leverage than ${value}: equity available would be ${usd(limit)}`,
};

/**
 * Turns a reject into an answer, in the units of people.
 *
 * @param reject code and numbers of the engine
 * @param about market and asset whose units the numbers have
 */
export function explainReject(reject: Reject, about: RejectSubject): ApiError {
  return apiErrorOfReject(reject, sentenceOf(reject, about));
}

function sentenceOf(reject: Reject, { market, asset, order, clientReference }: RejectSubject): string {
  const name = NAME_OF_CODE.get(reject.code);
  if (name === 'orderNotFound' && order !== undefined) return orderNotFound(order).message;
  if (name === 'clientReferenceUsed' && clientReference !== undefined)
    return `A withdrawal with the clientId ${showValue(clientReference).replace('the string ', '')} exists already: choose another, or see GET /wapi/v1/capital/withdrawals`;
  if (name === undefined) return describeReject(reject);
  const ofMarket = MARKET_SENTENCES[name];
  if (ofMarket !== undefined && market !== undefined) return ofMarket(market, reject);
  const ofAsset = ASSET_SENTENCES[name];
  if (ofAsset !== undefined && asset !== undefined) return ofAsset(asset, reject);
  return PLAIN_SENTENCES[name]?.(reject) ?? describeReject(reject);
}

const NAME_OF_CODE: ReadonlyMap<number, RejectName> = new Map(
  Object.entries(rejects).flatMap(([name, { code }]) => (isRejectName(name) ? [[code, name]] : [])),
);

function isRejectName(name: string): name is RejectName {
  return Object.hasOwn(rejects, name);
}

function shortOf(asset: AssetEntry, { value, limit }: Numbers): string {
  return `Insufficient funds: ${amount(asset, value)} are available, ${amount(asset, limit)} are needed`;
}

// What was refused may be out of the range that can be written exactly.
function writeTicks(market: MarketEntry, ticks: number): string {
  return Number.isSafeInteger(ticks * market.priceScale.tickAtoms) ? writePrice(market, ticks) : `${ticks} ticks`;
}

function writeLots(market: MarketEntry, lots: number): string {
  return Number.isSafeInteger(lots * market.quantityScale.lotAtoms) ? writeQuantity(market, lots) : `${lots} lots`;
}

function writeAtoms(asset: AssetEntry, atoms: number): string {
  return Number.isSafeInteger(atoms) ? writeAmount(asset, atoms) : `${atoms} atoms`;
}
