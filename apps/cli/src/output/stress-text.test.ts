import type { AccountStress } from '@mochila/sdk';
import { expect, it } from 'vitest';
import { readMoves } from '../commands/stress.ts';
import { createPaint } from './paint.ts';
import { stressText } from './stress-text.ts';

const paint = createPaint({ isTerminal: false, environment: {} });
const before = {
  netEquity: '3100',
  realEquity: '3100',
  maintenanceMargin: '750',
  exposure: '60000',
  marginFraction: '0.0516',
  liquidating: false,
};
const answer: AccountStress = {
  before,
  lowest: { ...before, netEquity: '700', maintenanceMargin: '720', liquidating: true },
  after: { ...before, netEquity: '650', maintenanceMargin: '580' },
  seconds: 61,
  firstLiquidationSecond: 9,
  cancelledOrders: 2,
  cost: '36.5',
  steps: [
    {
      second: 9,
      kind: 'BookSlice',
      stage: 1,
      symbol: 'BTC_USDC_PERP',
      asset: null,
      quantity: '-0.2',
      price: '57300',
      cost: '36.5',
      netEquity: '650',
      maintenanceMargin: '580',
    },
  ],
  positions: [{ symbol: 'BTC_USDC_PERP', quantity: '0.8' }],
  balances: [],
};

it('shows equity before, at its lowest and after, and every step', () => {
  const text = stressText({ BTC: '-0.05' }, answer, paint);
  expect(text).toContain('BTC -5 %');
  expect(text).toMatch(/lowest +700\.00 +720\.00[\s\S]*liquidating/);
  expect(text).toContain('begins after 9 s and costs 36.5 USDC');
  expect(text).toMatch(/9 +1 +BookSlice +BTC_USDC_PERP +-0\.2 +57300/);
  expect(text).toContain('left: 0.8 BTC_USDC_PERP');
  const safe = stressText({ BTC: '0.2' }, { ...answer, firstLiquidationSecond: null, steps: [] }, paint);
  expect(safe).toMatch(/BTC \+20 %[\s\S]*not liquidated/);
});

it('reads moves in percent and as fractions', () => {
  expect(readMoves('sol=-50%', readMoves('BTC=-0.3'))).toEqual({ BTC: '-0.3', SOL: '-0.5' });
  expect(readMoves('ETH=+12.5%')).toEqual({ ETH: '0.125' });
  for (const bad of ['BTC', 'BTC=-100%', 'BTC=-1', 'BTC=x', '=-0.1']) expect(() => readMoves(bad)).toThrow('must be an asset and its move');
});
