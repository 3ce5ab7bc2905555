import { describe, expect, it } from 'vitest';
import { addTexts, mergeActs } from './merge-acts.ts';

const fill = {
  ...{ act: 'PerpFill', counterAccount: 'account', market: 'SOL_USDC_PERP', asset: null, quantity: '-1.5', price: '190', amount: '0' },
  ...{ fee: '0.000001', orderId: '3', tradeId: '4', trades: '1' },
};
const charge = { ...fill, act: 'Charge', market: null, asset: 'USDC', quantity: '0', price: '0', amount: '-2.25', fee: '0' };

describe('merging acts', () => {
  it('adds what is the same but for its size, in the place of the first', () => {
    const acts = [fill, charge, { ...fill, quantity: '-0.25' }, { ...charge, amount: '-0.75' }];
    expect(mergeActs(acts)).toMatchObject([
      { act: 'PerpFill', quantity: '-1.75', fee: '0.000002', parts: 2 },
      { act: 'Charge', amount: '-3', parts: 2 },
    ]);
  });

  it('keeps apart what differs in price, side or counterparty, and every cancelled order', () => {
    const order = { ...fill, act: 'OrderCancelled' };
    const acts = [fill, { ...fill, price: '191' }, { ...fill, quantity: '1' }, { ...fill, counterAccount: 'fund' }, order, order];
    expect(mergeActs(acts).map(({ parts }) => parts)).toEqual([1, 1, 1, 1, 1, 1]);
  });
});

it.each([
  ['0.1', '0.2', '0.3'],
  ['-0.05', '0.04', '-0.01'],
  ['-1', '1', '0'],
  ['9007199254740993', '0.000000000000000001', '9007199254740993.000000000000000001'],
])('%s and %s are %s', (a, b, sum) => {
  expect(addTexts(a, b)).toBe(sum);
});
