import { signRequest } from '@mochila/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { client, VenueGateway } from '../../testing/venue-gateway.ts';
import { ORDER_ROUTES } from './order-routes.ts';

const [maker, taker, other] = [client(1), client(2), client(3)];
const BID = { symbol: 'BTC_USDC_PERP', side: 'Bid', orderType: 'Limit', price: '59000', quantity: '0.1' };
const SPOT_ASK = { symbol: 'SOL_USDC', side: 'Ask', orderType: 'Limit', price: '151.5', quantity: '10' };

let gateway: VenueGateway;
beforeAll(async () => {
  gateway = await VenueGateway.start({ routes: ORDER_ROUTES });
});
afterAll(() => gateway.stop());

const place = (signer = maker, order: object = BID, headers: Record<string, string> = {}) =>
  gateway.ask(signer, 'POST /api/v1/order', { body: order, headers });
const placed = async (signer = maker, order: object = BID): Promise<{ id: string }> => {
  const { status, json } = await place(signer, order);
  expect([status, json]).toMatchObject([200, { id: expect.stringMatching(/^\d+$/) }]);
  return JSON.parse(JSON.stringify(json));
};
const cancelAll = (signer = maker, symbol = BID.symbol) => gateway.ask(signer, 'DELETE /api/v1/orders', { body: { symbol } });

describe('POST /api/v1/order', () => {
  it('answers a limit order as it rests, with every field of the interface', async () => {
    const { status, json } = await place(maker, { ...BID, clientId: 7, postOnly: true, timeInForce: 'GTC' });
    expect(status).toBe(200);
    expect(json).toEqual({
      orderType: 'Limit',
      id: expect.stringMatching(/^\d+$/),
      clientId: 7,
      createdAt: Math.floor(gateway.clock.nowMicros() / 1_000),
      executedQuantity: '0',
      executedQuoteQuantity: '0',
      postOnly: true,
      price: '59000',
      quantity: '0.1',
      reduceOnly: false,
      selfTradePrevention: 'RejectTaker',
      status: 'New',
      stopLossTriggerPrice: null,
      stopLossLimitPrice: null,
      stopLossTriggerBy: null,
      side: 'Bid',
      symbol: 'BTC_USDC_PERP',
      takeProfitTriggerPrice: null,
      takeProfitLimitPrice: null,
      takeProfitTriggerBy: null,
      timeInForce: 'GTC',
      triggerBy: null,
      triggerPrice: null,
      triggerQuantity: null,
      triggeredAt: null,
      relatedOrderId: null,
      strategyId: null,
    });
    await cancelAll();
  });

  it('fills a market order by quantity and by quote amount against what rests', async () => {
    await placed(maker, SPOT_ASK);
    const byQuantity = await place(taker, { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Market', quantity: '2' });
    expect(byQuantity.json).toMatchObject({
      orderType: 'Market',
      status: 'Filled',
      executedQuantity: '2',
      executedQuoteQuantity: '303',
      quoteQuantity: null,
      timeInForce: 'IOC',
    });
    const byQuote = await place(taker, { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Market', quoteQuantity: '303' });
    expect(byQuote.json).toMatchObject({ status: expect.stringMatching(/Filled|Expired/), quantity: null, quoteQuantity: '303' });
    await cancelAll(maker, 'SOL_USDC');
  });

  it('takes trigger orders with amounts and percentages, take profits and stop losses', async () => {
    await placed(other, { ...BID, side: 'Ask', price: '60000', quantity: '0.2' });
    await placed(taker, {
      ...BID,
      price: '60000',
      quantity: '0.2',
      takeProfitTriggerPrice: '66000',
      stopLossTriggerPrice: '54000',
      stopLossTriggerBy: 'MarkPrice',
    });
    const trigger = {
      symbol: BID.symbol,
      side: 'Ask',
      orderType: 'Market',
      triggerPrice: '55000',
      triggerQuantity: '50%',
      reduceOnly: true,
    };
    expect((await place(taker, trigger)).json).toMatchObject({
      status: 'TriggerPending',
      triggerBy: 'LastPrice',
      triggerPrice: '55000',
      triggerQuantity: '50%',
    });
    const amount = { ...trigger, triggerQuantity: '0.05', triggerBy: 'IndexPrice' };
    expect((await place(taker, amount)).json).toMatchObject({ status: 'TriggerPending', triggerBy: 'IndexPrice', triggerQuantity: '0.05' });
    const open = await gateway.ask(taker, 'GET /api/v1/orders', { query: { symbol: BID.symbol } });
    expect(open.json).toHaveLength(4);
    const cancelled = await gateway.ask(taker, 'DELETE /api/v1/orders', { body: { symbol: BID.symbol, orderType: 'ConditionalOrder' } });
    expect(cancelled.json).toHaveLength(4);
    await placed(taker, { symbol: BID.symbol, side: 'Ask', orderType: 'Limit', price: '60000', quantity: '0.2' });
    await cancelAll(taker);
  });

  it('answers an idempotency key with the first answer, whatever happened since', async () => {
    const headers = { 'x-idempotency-key': 'order-1' };
    const first = await place(maker, BID, headers);
    await cancelAll();
    const second = await place(maker, BID, headers);
    expect(second.json).toEqual(first.json);
    expect((await gateway.ask(maker, 'GET /api/v1/orders')).json).toEqual([]);
    expect((await place(maker, { ...BID, price: '59001' }, headers)).json).toMatchObject({ code: 'PRECONDITION_FAILED' });
    expect((await place(taker, BID, headers)).json).toMatchObject({ status: 'New' });
    await cancelAll(taker);
  });

  it.each<[string, object, string, string]>([
    ['an unknown symbol', { symbol: 'NOPE_USDC' }, 'INVALID_MARKET', 'Invalid market symbol "NOPE_USDC"'],
    [
      'an off-tick price',
      { price: '59000.05' },
      'INVALID_PRICE',
      '`price` must be a multiple of the tick size 0.1 of BTC_USDC_PERP, got "59000.05"',
    ],
    ['an off-step quantity', { quantity: '0.000001' }, 'INVALID_QUANTITY', '`quantity` must be a multiple of the step size 0.00001'],
    ['a price far away', { price: '100' }, 'INVALID_PRICE', 'too far from the last active price: 100 USDC, allowed is at least'],
    ['a price beyond the most', { price: '2000000' }, 'INVALID_PRICE', 'Price 2000000 USDC is outside 0.1 .. 1000000 USDC'],
    ['a quantity beyond the most', { quantity: '1001' }, 'INVALID_QUANTITY', 'Quantity 1001 BTC is outside 0.00001 .. 1000 BTC'],
    ['a quantity beyond the ledger', { quantity: '99999999999999999' }, 'INVALID_QUANTITY', 'larger than the ledger can hold'],
    ['too much for the margin', { quantity: '900' }, 'POSITION_LIMIT', 'more than the limit of 50000000 USD'],
    ['too little margin', { quantity: '800' }, 'INSUFFICIENT_MARGIN', 'equity available would be -'],
    ['too little money', { symbol: 'BTC_USDC', quantity: '10' }, 'INSUFFICIENT_FUNDS', 'USDC are available, 590590 USDC are needed'],
    [
      'too little base',
      { symbol: 'BTC_USDC', side: 'Ask', price: '61000', quantity: '3' },
      'INSUFFICIENT_FUNDS',
      '2 BTC are available, 3 BTC are needed',
    ],
    ['reduce-only without a position', { reduceOnly: true }, 'INVALID_ORDER', 'the position in BTC_USDC_PERP is 0 BTC'],
    ['a limit order without a price', { price: undefined }, 'INVALID_ORDER', 'A Limit order needs price and quantity'],
    [
      'half a trigger',
      { triggerPrice: '50000' },
      'INVALID_CLIENT_REQUEST',
      'Must specify both `triggerPrice` and `triggerQuantity` or neither',
    ],
    ['a trigger beyond the whole', { triggerPrice: '50000', triggerQuantity: '101%' }, 'INVALID_QUANTITY', 'at most "100%"'],
    [
      'a stop loss on the wrong side',
      { stopLossTriggerPrice: '60000' },
      'INVALID_PRICE',
      'The trigger price 60000 USDC is on the wrong side of 59000 USDC',
    ],
    ['a number for a price', { price: 59000 }, 'INVALID_CLIENT_REQUEST', 'price is the number 59000: it must be a string'],
    ['a string for a flag', { postOnly: 'true' }, 'INVALID_CLIENT_REQUEST', 'postOnly is the string "true": it must be true or false'],
    ['a string for a client id', { clientId: '7' }, 'INVALID_CLIENT_REQUEST', 'clientId is the string "7": it must be a whole number'],
    ['a negative size', { quantity: '-1' }, 'INVALID_QUANTITY', 'it must be above zero'],
    ['a zero size', { quantity: '0.000' }, 'INVALID_QUANTITY', 'it must be above zero'],
    ['forty digits', { price: `59000.${'0'.repeat(40)}` }, 'INVALID_CLIENT_REQUEST', 'at most 40 characters'],
    ['an exponent', { price: '5.9e4' }, 'INVALID_CLIENT_REQUEST', 'without exponent'],
    ['not a number', { price: 'NaN' }, 'INVALID_CLIENT_REQUEST', 'a decimal like'],
    ['an unknown field', { leverage: 5 }, 'INVALID_CLIENT_REQUEST', 'unknown field "leverage"'],
    ['an unknown word', { side: 'Buy' }, 'INVALID_CLIENT_REQUEST', 'one of Bid, Ask'],
  ])('refuses %s and says why', async (_what, change, code, words) => {
    const { status, json } = await place(maker, { ...BID, ...change });
    expect(json).toMatchObject({ code, message: expect.stringContaining(words) });
    expect(status).toBe(400);
  });

  it('refuses JSON that no number can hold', async () => {
    const text = '{"symbol":"BTC_USDC_PERP","side":"Bid","orderType":"Limit","price":"59000","quantity":"1","clientId":1e400}';
    const { json } = await gateway.send('POST', '/api/v1/order', text, { 'x-api-key': maker.apiKey });
    expect(json).toMatchObject({ code: 'INVALID_CLIENT_REQUEST' });
  });

  it('refuses a replayed signature in words, and takes it once', async () => {
    gateway.clock.advance(1_000);
    const timestampMs = Math.floor(gateway.clock.nowMicros() / 1_000);
    const headers = { ...signRequest(maker, { instruction: 'orderExecute', body: BID, timestampMs }) };
    expect((await gateway.send('POST', '/api/v1/order', BID, headers)).status).toBe(200);
    const again = await gateway.send('POST', '/api/v1/order', BID, headers);
    expect(again).toMatchObject({
      status: 400,
      json: { code: 'INVALID_CLIENT_REQUEST', message: expect.stringContaining('already received') },
    });
    await cancelAll();
  });
});

describe('POST /api/v1/orders', () => {
  it('judges each order by itself', async () => {
    const batch = [BID, { ...BID, symbol: 'NOPE' }, { ...BID, price: '1' }, { ...BID, clientId: 9, price: '59100' }];
    const { status, json } = await gateway.ask(maker, 'POST /api/v1/orders', { body: batch });
    expect(status).toBe(200);
    expect(json).toMatchObject([
      { operation: 'Ok', orderType: 'Limit', status: 'New' },
      { operation: 'Err', code: 'INVALID_MARKET' },
      { operation: 'Err', code: 'INVALID_PRICE' },
      { operation: 'Ok', clientId: 9, price: '59100' },
    ]);
    expect((await cancelAll()).json).toHaveLength(2);
  });

  it('refuses a malformed order by itself too', async () => {
    const batch = [BID, { ...BID, quantity: '-1' }, { ...BID, quantity: 1 }, { ...BID, side: 'Buy' }, { ...BID, colour: 'red' }, {}, BID];
    const { status, json } = await gateway.ask(maker, 'POST /api/v1/orders', { body: batch });
    expect(status).toBe(200);
    const refused = (code: string, words: string) => ({ operation: 'Err', code, message: expect.stringContaining(words) });
    expect(json).toMatchObject([
      { operation: 'Ok', status: 'New' },
      refused('INVALID_QUANTITY', 'Invalid order: quantity is the string "-1": it must be above zero'),
      refused('INVALID_CLIENT_REQUEST', 'quantity is the number 1'),
      refused('INVALID_CLIENT_REQUEST', 'side is the string "Buy"'),
      refused('INVALID_CLIENT_REQUEST', 'the order has unknown field "colour"'),
      refused('INVALID_CLIENT_REQUEST', 'symbol is missing'),
      { operation: 'Ok', status: 'New' },
    ]);
    expect((await cancelAll()).json).toHaveLength(2);
  });

  it('refuses a list of other things than orders as a whole', async () => {
    const { status, json } = await gateway.ask(maker, 'POST /api/v1/orders', { body: JSON.parse(JSON.stringify([BID, 5])) });
    const message = 'Invalid body: [1] is the number 5: it must be an order';
    expect([status, json]).toEqual([400, { code: 'INVALID_CLIENT_REQUEST', message }]);
    expect((await cancelAll()).json).toEqual([]);
  });

  it('repeats each order by the idempotency key of the whole', async () => {
    const ask = { body: [BID, { ...BID, price: '58000' }], headers: { 'x-idempotency-key': 'batch-1' } };
    const first = await gateway.ask(maker, 'POST /api/v1/orders', ask);
    const second = await gateway.ask(maker, 'POST /api/v1/orders', ask);
    expect(second.json).toEqual(first.json);
    expect((await cancelAll()).json).toHaveLength(2);
  });

  it.each<[string, unknown]>([
    ['an empty list', []],
    ['more than fifty', Array.from({ length: 51 }, () => BID)],
    ['no list', BID],
  ])('refuses %s', async (_what, body) => {
    const { status, json } = await gateway.ask(maker, 'POST /api/v1/orders', { body: JSON.parse(JSON.stringify(body)) });
    expect([status, json]).toMatchObject([400, { code: 'INVALID_CLIENT_REQUEST', message: expect.stringContaining('list') }]);
  });
});

describe('GET and DELETE /api/v1/order', () => {
  it('read and cancel by either id, and answer the order', async () => {
    const { id } = await placed(maker, { ...BID, clientId: 42 });
    const byId = await gateway.ask(maker, 'GET /api/v1/order', { query: { symbol: BID.symbol, orderId: id } });
    const byClientId = await gateway.ask(maker, 'GET /api/v1/order', { query: { symbol: BID.symbol, clientId: '42' } });
    expect(byId.json).toMatchObject({ id, clientId: 42, status: 'New' });
    expect(byClientId.json).toEqual(byId.json);
    const cancelled = await gateway.ask(maker, 'DELETE /api/v1/order', { body: { symbol: BID.symbol, clientId: '42' } });
    expect([cancelled.status, cancelled.json]).toMatchObject([200, { id, status: 'Cancelled' }]);
    expect((await gateway.ask(maker, 'GET /api/v1/order', { query: { symbol: BID.symbol, orderId: id } })).json).toMatchObject({
      code: 'RESOURCE_NOT_FOUND',
    });
  });

  it('repeat the answer to a cancel by its idempotency key', async () => {
    const { id } = await placed();
    const ask = { body: { symbol: BID.symbol, orderId: id }, headers: { 'x-idempotency-key': 'cancel-1' } };
    const first = await gateway.ask(maker, 'DELETE /api/v1/order', ask);
    expect((await gateway.ask(maker, 'DELETE /api/v1/order', ask)).json).toEqual(first.json);
  });

  it("do not see another's order", async () => {
    const { id } = await placed();
    for (const orderId of [id, '0', '99999999999999999999', '12345']) {
      const signer = orderId === id ? other : maker;
      for (const [route, ask] of [
        ['GET /api/v1/order', { query: { symbol: BID.symbol, orderId } }],
        ['DELETE /api/v1/order', { body: { symbol: BID.symbol, orderId } }],
      ] as const) {
        expect(await gateway.ask(signer, route, ask)).toMatchObject({
          status: 404,
          json: { code: 'RESOURCE_NOT_FOUND', message: expect.stringMatching(/^Order Not Found: no open order has the id \d+/) },
        });
      }
    }
    await cancelAll();
  });

  it('go by orderId when both names are given, and want one', async () => {
    const { id } = await placed();
    const names = { symbol: BID.symbol, orderId: id, clientId: 4_000_000 };
    expect((await gateway.ask(maker, 'GET /api/v1/order', { query: names })).json).toMatchObject({ id });
    expect((await gateway.ask(maker, 'DELETE /api/v1/order', { body: names })).json).toMatchObject({ id, status: 'Cancelled' });
    const unknown = await gateway.ask(maker, 'DELETE /api/v1/order', { body: { symbol: BID.symbol, clientId: 4_000_000 } });
    expect(unknown.json).toMatchObject({ message: expect.stringContaining('no open order has the clientId 4000000') });
    const none = await gateway.ask(maker, 'DELETE /api/v1/order', { body: { symbol: BID.symbol } });
    expect(none.json).toMatchObject({
      code: 'INVALID_CLIENT_REQUEST',
      message: expect.stringContaining('by orderId or clientId'),
    });
  });
});

describe('GET and DELETE /api/v1/orders', () => {
  it('list the open orders of an account, of one market or type', async () => {
    await placed();
    await placed(maker, SPOT_ASK);
    const list = async (query: Record<string, string> = {}) => {
      const { json } = await gateway.ask(maker, 'GET /api/v1/orders', { query });
      return Array.isArray(json) ? json.map(({ symbol }) => symbol) : json;
    };
    expect(await list()).toEqual(['BTC_USDC_PERP', 'SOL_USDC']);
    expect(await list({ symbol: 'SOL_USDC' })).toEqual(['SOL_USDC']);
    expect(await list({ marketType: 'PERP' })).toEqual(['BTC_USDC_PERP']);
    expect(await list({ marketType: 'DATED' })).toEqual([]);
    expect(await list({ symbol: 'ETH_USDC' })).toEqual([]);
    expect(await list({ symbol: 'NOPE' })).toMatchObject({ code: 'INVALID_MARKET' });
    expect((await gateway.ask(other, 'GET /api/v1/orders')).json).toEqual([]);
    await cancelAll(maker, 'SOL_USDC');
    await cancelAll();
  });

  it('cancel all of one kind and answer them, again the same for the same key', async () => {
    const ids = [await placed(), await placed(maker, { ...BID, price: '58000' })].map(({ id }) => id);
    const ask = { body: { symbol: BID.symbol, orderType: 'RestingLimitOrder' }, headers: { 'x-idempotency-key': 'all-1' } };
    const first = await gateway.ask(maker, 'DELETE /api/v1/orders', ask);
    expect(first.json).toMatchObject(ids.map((id) => ({ id, status: 'Cancelled' })));
    await placed();
    expect((await gateway.ask(maker, 'DELETE /api/v1/orders', ask)).json).toEqual(first.json);
    expect((await cancelAll()).json).toHaveLength(1);
    expect((await cancelAll()).json).toEqual([]);
  });

  it('cancel at once for many', async () => {
    for (const signer of [maker, taker, other]) for (const price of ['50000', '51000', '52000']) await placed(signer, { ...BID, price });
    const answers = await Promise.all([maker, taker, other].map((signer) => cancelAll(signer)));
    expect(answers.map(({ json }) => json)).toMatchObject([{ length: 3 }, { length: 3 }, { length: 3 }]);
  });
});
