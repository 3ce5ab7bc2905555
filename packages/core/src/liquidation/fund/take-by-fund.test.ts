import { OrderOrigin } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { FUND_ACCOUNT } from '../../ledger/accounts.ts';
import { actIn, bareVenue, personWith, setPrice } from '../../testing/forced-venue.ts';
import { SmallAsset, SmallMarket } from '../../testing/small-genesis.ts';
import { forcedTransfer } from '../forced-transfer.ts';
import { fundExposure, fundLimit, fundRoom } from './take-by-fund.ts';

const PERP = SmallMarket.SOL_USDC_PERP;
const USDC = 1_000_000;

/** A fund of 1,000,000 USDC that is long 1,000 SOL at 150. */
function longFund() {
  const venue = bareVenue();
  const seller = personWith(venue, 1, [100_000 * USDC]);
  const rich = personWith(venue, 2, [100_000 * USDC]);
  const market = venue.state.markets[PERP]!;
  const lots = Math.round(1_000 / market.lotSize);
  venue.place(rich, PERP, 'ask', lots, 15_000);
  venue.place(seller, PERP, 'bid', lots, 15_000);
  const part = { account: FUND_ACCOUNT, lots, priceTicks: 15_000 };
  actIn(venue.state, () => forcedTransfer(venue.state, market, seller.account, [part], OrderOrigin.BackstopLiquidityProvider));
  return { venue, market };
}

describe('what the fund may take', () => {
  it('is a quarter of its equity in a market, less what it holds there, more on the other side', () => {
    const { venue, market } = longFund();
    expect(fundLimit(venue.state)).toBe(250_000 * USDC);
    expect(fundExposure(venue.state, market)).toBe(150_000 * USDC);
    expect(fundRoom(venue.state, market, true)).toBe(100_000 * USDC);
    expect(fundRoom(venue.state, market, false)).toBe(400_000 * USDC);
    expect(fundRoom(venue.state, venue.state.markets[SmallMarket.BTC_USDC_PERP]!, true)).toBe(250_000 * USDC);
  });

  it('counts what it holds at the larger of mark and index, and is nothing beyond the limit', () => {
    const { venue, market } = longFund();
    setPrice(venue, SmallAsset.SOL, 150, 180);
    expect(fundExposure(venue.state, market)).toBeCloseTo(180_000 * USDC, 0);
    setPrice(venue, SmallAsset.SOL, 400);
    // 1,250,000 of equity, 400,000 held.
    expect(fundLimit(venue.state)).toBe(312_500 * USDC);
    expect(fundRoom(venue.state, market, true)).toBe(0);
  });
});
