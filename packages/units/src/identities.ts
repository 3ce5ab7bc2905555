import type { Brand } from './brand.ts';
import { checkInteger, SAFE_MAX } from './safe.ts';

/** The largest index into a column, 2^31 - 1: an index fits an `Int32Array`. */
export const INDEX_MAX = 2_147_483_647;

/** Position of an account in the account columns. */
export type AccountIx = Brand<'AccountIx'>;
/** Position of a user in the user columns. */
export type UserIx = Brand<'UserIx'>;
/** Position of a market in the market table. */
export type MarketIx = Brand<'MarketIx'>;
/** Position of an asset in the asset table. */
export type AssetIx = Brand<'AssetIx'>;
/** Position of an API key in the key columns. */
export type KeyIx = Brand<'KeyIx'>;
/** Position of a row in a pool of columns (balance, position, ...). */
export type RowIx = Brand<'RowIx'>;
/** Position of an order in the order pool; re-used after the order is gone. */
export type OrderSlot = Brand<'OrderSlot'>;
/** Name of an order for ever: its slot and the generation of the slot. */
export type OrderId = Brand<'OrderId'>;
/** Name of a trade, counted per market. */
export type TradeId = Brand<'TradeId'>;
/** Place of a command in the journal, counted from 1; 0 is before the first. */
export type Seq = Brand<'Seq'>;
/** Number of a settlement epoch, counted from 1; 0 is before the first. */
export type Epoch = Brand<'Epoch'>;

/**
 * Makes an account, a whole number from 0 to 2^31 - 1.
 *
 * @throws AssertionError naming the value and the rule
 * @example accountIx(7) // 7
 */
export function accountIx(value: number): AccountIx {
  return asAccountIx(checkInteger('AccountIx', value, 0, INDEX_MAX));
}

/**
 * Makes a user, a whole number from 0 to 2^31 - 1.
 *
 * @throws AssertionError naming the value and the rule
 * @example userIx(7) // 7
 */
export function userIx(value: number): UserIx {
  return asUserIx(checkInteger('UserIx', value, 0, INDEX_MAX));
}

/**
 * Makes a market, a whole number from 0 to 2^31 - 1.
 *
 * @throws AssertionError naming the value and the rule
 * @example marketIx(7) // 7
 */
export function marketIx(value: number): MarketIx {
  return asMarketIx(checkInteger('MarketIx', value, 0, INDEX_MAX));
}

/**
 * Makes an asset, a whole number from 0 to 2^31 - 1.
 *
 * @throws AssertionError naming the value and the rule
 * @example assetIx(7) // 7
 */
export function assetIx(value: number): AssetIx {
  return asAssetIx(checkInteger('AssetIx', value, 0, INDEX_MAX));
}

/**
 * Makes a key, a whole number from 0 to 2^31 - 1.
 *
 * @throws AssertionError naming the value and the rule
 * @example keyIx(7) // 7
 */
export function keyIx(value: number): KeyIx {
  return asKeyIx(checkInteger('KeyIx', value, 0, INDEX_MAX));
}

/**
 * Makes a pool row, a whole number from 0 to 2^31 - 1.
 *
 * @throws AssertionError naming the value and the rule
 * @example rowIx(7) // 7
 */
export function rowIx(value: number): RowIx {
  return asRowIx(checkInteger('RowIx', value, 0, INDEX_MAX));
}

/**
 * Makes an order slot, a whole number from 0 to 2^31 - 1.
 *
 * @throws AssertionError naming the value and the rule
 * @example orderSlot(7) // 7
 */
export function orderSlot(value: number): OrderSlot {
  return asOrderSlot(checkInteger('OrderSlot', value, 0, INDEX_MAX));
}

/**
 * Makes an order id, a whole number from 0 to 2^53 - 1.
 *
 * @throws AssertionError naming the value and the rule
 * @example orderId(7) // 7
 */
export function orderId(value: number): OrderId {
  return asOrderId(checkInteger('OrderId', value, 0, SAFE_MAX));
}

/**
 * Makes a trade id, a whole number from 0 to 2^53 - 1.
 *
 * @throws AssertionError naming the value and the rule
 * @example tradeId(7) // 7
 */
export function tradeId(value: number): TradeId {
  return asTradeId(checkInteger('TradeId', value, 0, SAFE_MAX));
}

/**
 * Makes a sequence, a whole number from 0 to 2^53 - 1.
 *
 * @throws AssertionError naming the value and the rule
 * @example seq(7) // 7
 */
export function seq(value: number): Seq {
  return asSeq(checkInteger('Seq', value, 0, SAFE_MAX));
}

/**
 * Makes an epoch, a whole number from 0 to 2^53 - 1.
 *
 * @throws AssertionError naming the value and the rule
 * @example epoch(7) // 7
 */
export function epoch(value: number): Epoch {
  return asEpoch(checkInteger('Epoch', value, 0, SAFE_MAX));
}

/** Brands a number that is known to be an account; unchecked, for hot paths and columns. */
export function asAccountIx(value: number): AccountIx {
  return value as AccountIx;
}

/** Brands a number that is known to be a user; unchecked, for hot paths and columns. */
export function asUserIx(value: number): UserIx {
  return value as UserIx;
}

/** Brands a number that is known to be a market; unchecked, for hot paths and columns. */
export function asMarketIx(value: number): MarketIx {
  return value as MarketIx;
}

/** Brands a number that is known to be an asset; unchecked, for hot paths and columns. */
export function asAssetIx(value: number): AssetIx {
  return value as AssetIx;
}

/** Brands a number that is known to be a key; unchecked, for hot paths and columns. */
export function asKeyIx(value: number): KeyIx {
  return value as KeyIx;
}

/** Brands a number that is known to be a pool row; unchecked, for hot paths and columns. */
export function asRowIx(value: number): RowIx {
  return value as RowIx;
}

/** Brands a number that is known to be an order slot; unchecked, for hot paths and columns. */
export function asOrderSlot(value: number): OrderSlot {
  return value as OrderSlot;
}

/** Brands a number that is known to be an order id; unchecked, for hot paths and columns. */
export function asOrderId(value: number): OrderId {
  return value as OrderId;
}

/** Brands a number that is known to be a trade id; unchecked, for hot paths and columns. */
export function asTradeId(value: number): TradeId {
  return value as TradeId;
}

/** Brands a number that is known to be a sequence; unchecked, for hot paths and columns. */
export function asSeq(value: number): Seq {
  return value as Seq;
}

/** Brands a number that is known to be an epoch; unchecked, for hot paths and columns. */
export function asEpoch(value: number): Epoch {
  return value as Epoch;
}
