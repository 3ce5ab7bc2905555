import { rejects } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { tradableGenesis } from '../testing/venue-gateway.ts';
import { createDirectory } from './directory.ts';
import { explainReject } from './explain-reject.ts';

const directory = createDirectory(tradableGenesis());
const about = { market: directory.market('SOL_USDC_PERP'), asset: directory.asset('USDC') };

describe('a refusal of the engine', () => {
  it.each(Object.entries(rejects))('%s speaks of prices, quantities and amounts, not of ticks, lots and atoms', (_name, { code }) => {
    const { message } = explainReject({ code, value: 1_234_567, limit: 3 }, about);
    expect(message).not.toMatch(/\b(ticks|lots|atoms)\b|[{}]/);
  });

  it('has the decimals and symbols of what it is about', () => {
    const say = (code: number, value: number, limit: number) => explainReject({ code, value, limit }, about).message;
    expect(say(rejects.belowMinQuantity.code, 50, 100)).toBe('Quantity 0.5 SOL is below the minimum of 1 SOL on SOL_USDC_PERP');
    expect(say(rejects.insufficientBalance.code, 1_500_000, 2_000_001)).toBe(
      'Insufficient funds: 1.5 USDC are available, 2.000001 USDC are needed',
    );
    expect(say(rejects.priceOutsideBand.code, 20_000, 18_750)).toContain('200 USDC, allowed is at most 187.5 USDC');
    expect(say(rejects.leavingMargin.code, -12.345, 0)).toContain('-12.35 USD');
    expect(say(rejects.keyPermission.code, 3, 7)).toBe('This key may read, trade; the request needs read, trade, withdraw');
  });

  it('says numbers that no amount can be as they are', () => {
    expect(explainReject({ code: rejects.badQuantity.code, value: 2 ** 52, limit: 5 }, about).message).toContain('lots');
    expect(explainReject({ code: rejects.badAmount.code, value: 0.5, limit: 5 }, about).message).toContain('0.5 atoms');
  });
});
