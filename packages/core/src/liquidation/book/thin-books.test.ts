import { events, OrderOrigin } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { fallenVenue, poorPerson, trade, untilFlagged } from '../../testing/fallen-venue.ts';
import { SmallAsset, SmallMarket } from '../../testing/small-genesis.ts';

const PERP = SmallMarket.BTC_USDC_PERP;

/** A long is liquidated while the book has nothing, or asks alone. @returns orders and fills of slices until it was over, and the size left after nine seconds. */
function liquidateOn(asks: boolean): { slices: number; heldLots: number; audit: string[]; askLots: number } {
  const { venue, rich } = fallenVenue();
  const long = poorPerson(venue, 2, 3_100);
  trade(venue, PERP, long, rich, 100_000, 600_000);
  if (asks) venue.place(rich, PERP, 'ask', 5_000, 640_000);
  venue.usd[SmallAsset.BTC] = 57_600;
  expect(untilFlagged(venue, long)).toBe(true);
  let slices = 0;
  for (let second = 0; second < 8; second += 1) {
    venue.live(1);
    slices += venue.events(events.orderAccepted).filter(({ origin }) => origin === OrderOrigin.LiquidationAutoclose).length;
  }
  const heldLots = venue.size(long, PERP);
  venue.live(5);
  expect(venue.size(long, PERP)).toBeLessThan(heldLots);
  const { orders } = venue.state;
  // The fund unwinds what it took by an ask of its own.
  const askLots = orders.lots
    .subarray(0, orders.used)
    .reduce((sum, lots, slot) => sum + (orders.isResting[slot] === 1 && orders.account[slot] === rich.account ? lots : 0), 0);
  return { slices, heldLots, audit: venue.audit(), askLots };
}

describe('a book without bids', () => {
  it('gets no order of a long that is liquidated, and after ten seconds others take the position: empty', () => {
    expect(liquidateOn(false)).toMatchObject({ slices: 0, heldLots: 100_000, audit: [] });
  });

  it('and the same with asks alone, which stay as they are', () => {
    expect(liquidateOn(true)).toMatchObject({ slices: 0, heldLots: 100_000, audit: [], askLots: 5_000 });
  });
});
