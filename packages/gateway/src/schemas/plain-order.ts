/**
 * Recognises the orders that most clients send, without the schema, which takes five times as long. It knows less than the
 * schema: what it does not recognise is the schema's to take or to refuse. A test holds it to the schema.
 */
import { OrderTypeEnum, SelfTradePrevention, Side, TimeInForce } from './enums.ts';
import type { OrderExecutePayload } from './order-requests.ts';
import { isMarketSymbol, isPositiveDecimal, U32_MAX } from './scalars.ts';

/** Tells whether a body is an order without triggers and loans that the schema would take, and give back, as it is. */
export function isPlainOrder(body: unknown): body is OrderExecutePayload {
  if (!isObject(body) || body['symbol'] === undefined || body['side'] === undefined || body['orderType'] === undefined) return false;
  for (const name in body) if (!isPlainField(name, body[name])) return false;
  return true;
}

function isPlainField(name: string, value: unknown): boolean {
  switch (name) {
    case 'symbol':
      return isMarketSymbol(value);
    case 'side':
      return isOneOf(Side.options, value);
    case 'orderType':
      return isOneOf(OrderTypeEnum.options, value);
    case 'timeInForce':
      return isOneOf(TimeInForce.options, value);
    case 'selfTradePrevention':
      return isOneOf(SelfTradePrevention.options, value);
    case 'price':
    case 'quantity':
      return isPositiveDecimal(value);
    case 'postOnly':
    case 'reduceOnly':
      return value === true || value === false;
    case 'clientId':
      return Number.isInteger(value) && typeof value === 'number' && value >= 0 && value <= U32_MAX;
    default:
      return false;
  }
}

function isOneOf(words: readonly string[], value: unknown): boolean {
  for (const word of words) if (word === value) return true;
  return false;
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
