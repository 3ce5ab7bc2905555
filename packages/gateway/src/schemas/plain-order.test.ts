import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OrderExecutePayload } from './order-requests.ts';
import { isPlainOrder } from './plain-order.ts';

const PLAIN = {
  symbol: 'SOL_USDC_PERP',
  side: 'Bid',
  orderType: 'Limit',
  price: '141.25',
  quantity: '2.5',
  timeInForce: 'IOC',
  selfTradePrevention: 'RejectMaker',
  postOnly: false,
  reduceOnly: true,
  clientId: 7,
};

const words = fc.constantFrom(
  'Bid',
  'Ask',
  'Limit',
  'Market',
  'GTC',
  'IOC',
  'FOK',
  'RejectTaker',
  'RejectBoth',
  'bid',
  'SOL_USDC',
  'a b',
  '',
);
const decimals = fc.constantFrom(
  '1',
  '0',
  '0.0',
  '-1',
  '01',
  '1.',
  '.5',
  '1e3',
  '+1',
  ' 1',
  '1 ',
  '0.000001',
  `1.${'0'.repeat(38)}`,
  `1.${'0'.repeat(39)}`,
  '9\n',
);
const numbers = fc.constantFrom(0, -0, 1, 1.5, -1, 65_536, 4_294_967_295, 4_294_967_296, 1e21, Number.NaN);
const value = fc.oneof(words, decimals, numbers, fc.boolean(), fc.constant(null), fc.constant([]), fc.constant({}), fc.string());
const names = fc.constantFrom(
  ...Object.keys(PLAIN),
  'quoteQuantity',
  'brokerId',
  'triggerPrice',
  'autoBorrow',
  'slippageTolerance',
  'constructor',
  'x',
);

describe('an order that is recognised', () => {
  it('has every field of the usual kind', () => {
    expect(isPlainOrder(PLAIN)).toBe(true);
    expect(isPlainOrder({ symbol: 'SOL_USDC', side: 'Ask', orderType: 'Market', quantity: '1' })).toBe(true);
  });

  it.each(['symbol', 'side', 'orderType'])('has a %s', (name) => {
    expect(isPlainOrder({ ...PLAIN, [name]: undefined })).toBe(false);
    expect(isPlainOrder(Object.fromEntries(Object.entries(PLAIN).filter(([field]) => field !== name)))).toBe(false);
  });

  it.each([
    [null],
    [undefined],
    [[]],
    [[PLAIN]],
    ['text'],
    [7],
    [JSON.parse('{"__proto__": {"symbol": "a", "side": "Bid", "orderType": "Limit"}}')],
  ])('is no %j', (body) => {
    expect(isPlainOrder(body)).toBe(false);
  });

  it('is taken by the schema, and comes out of it as it went in', () => {
    const edits = fc.array(fc.tuple(names, value), { maxLength: 3 });
    let recognised = 0;
    fc.assert(
      fc.property(fc.subarray(Object.entries(PLAIN)), edits, (fields, changes) => {
        const body: unknown = JSON.parse(JSON.stringify(Object.fromEntries([...fields, ...changes])));
        if (!isPlainOrder(body)) return;
        recognised += 1;
        expect(OrderExecutePayload.parse(body)).toEqual(body);
      }),
      { numRuns: 20_000, seed: 11 },
    );
    expect(recognised).toBeGreaterThan(200);
  });

  it('is every order of usual fields that the schema takes', () => {
    const field = fc.oneof(
      names.map((name): [string, unknown] => [name, Object.entries(PLAIN).find(([known]) => known === name)?.[1] ?? 1]),
      fc.tuple(names, value),
    );
    const usual = new Set(Object.keys(PLAIN));
    fc.assert(
      fc.property(fc.array(field, { maxLength: 3 }), (changes) => {
        const body: unknown = JSON.parse(JSON.stringify({ ...PLAIN, ...Object.fromEntries(changes) }));
        const parsed = OrderExecutePayload.safeParse(body);
        if (parsed.success && Object.keys(parsed.data).every((name) => usual.has(name))) expect(isPlainOrder(body)).toBe(true);
      }),
      { numRuns: 20_000, seed: 12 },
    );
  });
});
