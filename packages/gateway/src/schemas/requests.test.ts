import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { apiErrorOfZod, type RequestPart } from '../errors/error-of-issues.ts';
import { KeyCreatePayload, UpdateAccountSettingsRequest } from './account-requests.ts';
import { AccountWithdrawalPayload, BorrowLendExecutePayload } from './capital-requests.ts';
import { FillHistoryQuery } from './history-requests.ts';
import { DepthQuery, KlinesQuery, MarketsQuery, TradesHistoryQuery, TradesQuery } from './market-requests.ts';
import { BATCH_ORDERS_MAX, OrderCancelPayload, OrderExecuteBatch, OrderExecutePayload, OrderQuery } from './order-requests.ts';
import { ClientFrame } from './stream-frames.ts';

function refusal(schema: z.ZodType, value: unknown, part: RequestPart = 'body'): string {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return 'accepted';
  const { code, message } = apiErrorOfZod(parsed.error, part);
  return `${code} ${message}`;
}

const order = { symbol: 'SOL_USDC_PERP', side: 'Bid', orderType: 'Limit', price: '141.25', quantity: '2.5' };

describe('a new order', () => {
  it.each([
    ['as it should be', {}],
    [
      'with every flag',
      { postOnly: true, reduceOnly: false, autoLend: true, autoLendRedeem: true, autoBorrow: true, autoBorrowRepay: true },
    ],
    ['with a broker', { brokerId: 1400 }],
    ['with a percentage trigger', { triggerPrice: '150', triggerQuantity: '100%', triggerBy: 'MarkPrice' }],
    ['with the largest client id', { clientId: 4294967295 }],
    ['with trailing zeros', { quantity: '2.500', price: '141.0' }],
  ])('is accepted %s', (_what, change) => {
    expect(refusal(OrderExecutePayload, { ...order, ...change })).toBe('accepted');
  });

  const wantsText = 'it must be a string like "1.5"';
  const wantsForm = 'it must be a decimal like "1.5", without exponent, plus sign, spaces or leading zeros';
  it.each([
    ['a number as quantity', { quantity: 2.5 }, `INVALID_CLIENT_REQUEST Invalid body: quantity is the number 2.5: ${wantsText}`],
    [
      'a missing symbol',
      { symbol: undefined },
      'INVALID_CLIENT_REQUEST Invalid body: symbol is missing: it must be a market symbol like "SOL_USDC_PERP"',
    ],
    [
      'a number beyond all bounds',
      { price: JSON.parse('1e400') },
      `INVALID_CLIENT_REQUEST Invalid body: price is a number too large to represent: ${wantsText}`,
    ],
    ['the word NaN', { price: 'NaN' }, `INVALID_CLIENT_REQUEST Invalid body: price is the string "NaN": ${wantsForm}`],
    ['the word Infinity', { price: 'Infinity' }, `INVALID_CLIENT_REQUEST Invalid body: price is the string "Infinity": ${wantsForm}`],
    ['an exponent', { quantity: '1e5' }, `INVALID_CLIENT_REQUEST Invalid body: quantity is the string "1e5": ${wantsForm}`],
    ['a hexadecimal', { quantity: '0x10' }, `INVALID_CLIENT_REQUEST Invalid body: quantity is the string "0x10": ${wantsForm}`],
    ['a plus sign', { quantity: '+1' }, `INVALID_CLIENT_REQUEST Invalid body: quantity is the string "+1": ${wantsForm}`],
    ['a leading zero', { quantity: '01' }, `INVALID_CLIENT_REQUEST Invalid body: quantity is the string "01": ${wantsForm}`],
    ['a bare point', { quantity: '1.' }, `INVALID_CLIENT_REQUEST Invalid body: quantity is the string "1.": ${wantsForm}`],
    ['a comma', { quantity: '1,5' }, `INVALID_CLIENT_REQUEST Invalid body: quantity is the string "1,5": ${wantsForm}`],
    ['a line break', { quantity: '1\n' }, `INVALID_CLIENT_REQUEST Invalid body: quantity is the string "1\\n": ${wantsForm}`],
    ['digits of another script', { quantity: '١' }, `INVALID_CLIENT_REQUEST Invalid body: quantity is the string "١": ${wantsForm}`],
    ['an empty text', { quantity: '' }, `INVALID_CLIENT_REQUEST Invalid body: quantity is the string "": ${wantsForm}`],
    ['a negative quantity', { quantity: '-1' }, 'INVALID_QUANTITY Invalid body: quantity is the string "-1": it must be above zero'],
    ['a quantity of zero', { quantity: '0.000' }, 'INVALID_QUANTITY Invalid body: quantity is the string "0.000": it must be above zero'],
    ['a negative price', { price: '-0.1' }, 'INVALID_PRICE Invalid body: price is the string "-0.1": it must be above zero'],
    ['a price of zero', { price: '0' }, 'INVALID_PRICE Invalid body: price is the string "0": it must be above zero'],
    [
      '41 digits',
      { price: '1'.repeat(41) },
      `INVALID_CLIENT_REQUEST Invalid body: price is the string "${'1'.repeat(41)}": it must be at most 40 characters`,
    ],
    [
      'a client id as text',
      { clientId: '7' },
      'INVALID_CLIENT_REQUEST Invalid body: clientId is the string "7": it must be a whole number from 0 to 4294967295, without quotes',
    ],
    [
      'a client id out of range',
      { clientId: 4294967296 },
      'INVALID_CLIENT_REQUEST Invalid body: clientId is the number 4294967296: it must be a whole number from 0 to 4294967295, without quotes',
    ],
    [
      'a client id in parts',
      { clientId: 1.5 },
      'INVALID_CLIENT_REQUEST Invalid body: clientId is the number 1.5: it must be a whole number from 0 to 4294967295, without quotes',
    ],
    [
      'a flag as text',
      { postOnly: 'true' },
      'INVALID_CLIENT_REQUEST Invalid body: postOnly is the string "true": it must be true or false, without quotes',
    ],
    ['an unknown side', { side: 'buy' }, 'INVALID_CLIENT_REQUEST Invalid body: side is the string "buy": it must be one of Bid, Ask'],
    ['an unknown field', { quantiy: '1' }, 'INVALID_CLIENT_REQUEST Invalid body: the body has unknown field "quantiy": remove or rename'],
    [
      'a percentage above nothing',
      { triggerQuantity: '0%' },
      'INVALID_QUANTITY Invalid body: triggerQuantity is the string "0%": it must be above zero',
    ],
    [
      'a symbol with a space',
      { symbol: 'SOL USDC' },
      'INVALID_CLIENT_REQUEST Invalid body: symbol is the string "SOL USDC": it must be a market symbol like "SOL_USDC_PERP"',
    ],
  ])('is refused with %s', (_what, change, expected) => {
    expect(refusal(OrderExecutePayload, { ...order, ...change })).toBe(expected);
  });

  it.each([
    ['null', null, 'null'],
    ['a text', 'order', 'the string "order"'],
    ['a list', [order], 'a list of 1'],
    ['nothing', undefined, 'missing'],
  ])('is refused when the body is %s', (_what, body, shown) => {
    expect(refusal(OrderExecutePayload, body)).toContain(`the body is ${shown}: it must be of type object`);
  });

  it('is refused with a key that would reach the prototype', () => {
    const body: unknown = JSON.parse(`{"__proto__": {"side": "Bid"}, "symbol": "SOL_USDC", "side": "Bid", "orderType": "Market"}`);
    expect(refusal(OrderExecutePayload, body)).toContain('unknown field "__proto__"');
  });

  it('keeps its error short whatever is sent', () => {
    const hostile = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`field${index}${'x'.repeat(1_000)}`, index]));
    expect(refusal(OrderExecutePayload, { ...hostile, symbol: 'y'.repeat(100_000) }).length).toBeLessThan(700);
  });
});

describe('a batch', () => {
  it('names the order and field that is wrong', () => {
    expect(refusal(OrderExecuteBatch, [order, { ...order, price: 1 }])).toContain('[1].price is the number 1');
  });

  it.each([
    ['an empty list', []],
    ['too many orders', Array.from({ length: BATCH_ORDERS_MAX + 1 }, () => order)],
  ])('is refused as %s', (_what, body) => {
    expect(refusal(OrderExecuteBatch, body)).toContain(`must be a list of 1 to ${BATCH_ORDERS_MAX} orders`);
  });

  it('is refused as a single order', () => {
    expect(refusal(OrderExecuteBatch, order)).toContain('the body is an object: it must be a list of orders');
  });
});

describe('a cancel', () => {
  it('takes the client id as a number and, for one client library, as digits', () => {
    expect(OrderCancelPayload.parse({ symbol: 'SOL_USDC', clientId: 42 }).clientId).toBe(42);
    expect(OrderCancelPayload.parse({ symbol: 'SOL_USDC', clientId: '42' }).clientId).toBe(42);
    expect(refusal(OrderCancelPayload, { symbol: 'SOL_USDC', clientId: '4294967296' })).toContain('from 0 to 4294967295');
    expect(refusal(OrderCancelPayload, { symbol: 'SOL_USDC', clientId: 'abc' })).toContain('from 0 to 4294967295');
  });

  it('must name the order', () => {
    const rule = 'the body must name the order by orderId or clientId (of both, orderId counts)';
    expect(refusal(OrderCancelPayload, { symbol: 'SOL_USDC' })).toContain(rule);
  });

  it('says how an order id is written', () => {
    expect(refusal(OrderCancelPayload, { symbol: 'SOL_USDC', orderId: 28 })).toContain(
      'orderId is the number 28: it must be a string of 1 to 20 digits',
    );
  });
});

describe('queries', () => {
  it('turn text into values, fill in defaults and pass over unknown names', () => {
    expect(FillHistoryQuery.parse({ from: '1', marketType: ['SPOT', 'PERP'], unknown: 'x' })).toEqual({
      from: 1,
      marketType: ['SPOT', 'PERP'],
      limit: 100,
      offset: 0,
    });
    expect(MarketsQuery.parse({ marketType: 'SPOT,PERP' })).toEqual({ marketType: ['SPOT', 'PERP'] });
    expect(OrderQuery.parse({ symbol: 'SOL_USDC', clientId: '7' })).toEqual({ symbol: 'SOL_USDC', clientId: 7 });
  });

  it.each<[string, z.ZodType, unknown, string]>([
    [
      'a limit beyond the most',
      TradesQuery,
      { symbol: 'A_B', limit: '1001' },
      'limit is the string "1001": it must be a whole number from 0 to 1000',
    ],
    ['a limit with an exponent', TradesQuery, { symbol: 'A_B', limit: '1e2' }, 'limit is the string "1e2": it must be a whole number'],
    ['an empty limit', TradesQuery, { symbol: 'A_B', limit: '' }, 'limit is the string "": it must be a whole number'],
    ['a repeated limit', TradesQuery, { symbol: 'A_B', limit: ['1', '2'] }, 'limit is a list of 2: it must be a whole number'],
    [
      'an unknown depth',
      DepthQuery,
      { symbol: 'A_B', limit: '7' },
      'limit is the string "7": it must be one of 5, 10, 20, 50, 100, 500, 1000',
    ],
    [
      'an unknown interval',
      KlinesQuery,
      { symbol: 'A_B', interval: '7m', startTime: '1' },
      'interval is the string "7m": it must be one of 1s, 1m',
    ],
    ['milliseconds for seconds', KlinesQuery, { symbol: 'A_B', interval: '1m', startTime: '1750793021519' }, 'from 0 to 99999999999'],
    ['an unknown market type', MarketsQuery, { marketType: 'SPOT,FUTURE' }, 'marketType[1] is the string "FUTURE": it must be one of SPOT'],
    [
      'rows too far back',
      TradesHistoryQuery,
      { symbol: 'A_B', limit: '1000', offset: '9001' },
      'INVALID_RANGE Invalid query: the query asks too far back',
    ],
  ])('are refused with %s', (_what, schema, query, expected) => {
    expect(refusal(schema, query, 'query')).toContain(expected);
  });
});

describe('other bodies', () => {
  it.each<[string, z.ZodType, unknown, string]>([
    ['leverage of zero', UpdateAccountSettingsRequest, { leverageLimit: '0' }, 'MAX_LEVERAGE_REACHED'],
    ['a lend as a number', BorrowLendExecutePayload, { symbol: 'SOL', side: 'Lend', quantity: 1 }, 'must be a string like "1.5"'],
    [
      'a withdrawal to an unknown chain',
      AccountWithdrawalPayload,
      { address: 'a', blockchain: 'Mars', quantity: '1', symbol: 'SOL' },
      'blockchain is the string "Mars": it must be one of 0G',
    ],
    [
      'a key that is too short',
      KeyCreatePayload,
      { publicKey: 'AAAA', permissions: ['read'] },
      'must be base64 of a 32-byte ED25519 public key',
    ],
    [
      'a permission that does not exist',
      KeyCreatePayload,
      { publicKey: `${'A'.repeat(43)}=`, permissions: ['admin'] },
      'permissions[0] is the string "admin": it must be one of read, trade, withdraw',
    ],
  ])('are refused with %s', (_what, schema, body, expected) => {
    expect(refusal(schema, body)).toContain(expected);
  });
});

describe('frames', () => {
  it('take times as text or as numbers', () => {
    const frame = { method: 'SUBSCRIBE', params: ['account.orderUpdate'], signature: ['key', 'signature', 1750793021519, '5000'] };
    expect(ClientFrame.parse(frame)).toMatchObject({ signature: ['key', 'signature', '1750793021519', '5000'] });
  });

  it.each<[string, unknown, string]>([
    ['an unknown method', { method: 'LISTEN', params: [] }, 'must be an object with method SUBSCRIBE, UNSUBSCRIBE or PING'],
    ['no streams', { method: 'SUBSCRIBE', params: [] }, 'at least one stream name'],
    ['too many streams', { method: 'SUBSCRIBE', params: Array.from({ length: 1_001 }, () => 'liquidation') }, 'at most 1000 stream names'],
    ['a stream that is no text', { method: 'SUBSCRIBE', params: [1] }, 'params[0] is the number 1: it must be a stream name'],
    ['a short signature', { method: 'SUBSCRIBE', params: ['account.orderUpdate'], signature: ['a'] }, 'signature'],
  ])('are refused with %s', (_what, frame, expected) => {
    expect(refusal(ClientFrame, frame, 'frame')).toContain(expected);
  });
});
