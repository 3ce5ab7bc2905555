import { events, OrderStatus, rejects } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { smallGenesis } from '../small-genesis.ts';
import { SmallMarket } from '../testing/small-genesis.ts';
import { TestVenue } from '../testing/test-venue.ts';

const PERP = SmallMarket.BTC_USDC_PERP;

describe('a side of a book that holds all the levels it can', () => {
  it('gives up its farthest level for a nearer order, and refuses a farther one', () => {
    const genesis = smallGenesis();
    const venue = new TestVenue({ ...genesis, limits: { ...genesis.limits, levelsPerSide: 3 } });
    const far = venue.person(1);
    const near = venue.person(2);
    const mark = venue.state.markets[PERP]!.price.markTicks;
    for (const away of [300, 200, 100]) expect(venue.place(far, PERP, 'bid', 10, mark - away).rejectCode).toBe(0);
    expect(venue.place(near, PERP, 'bid', 10, mark - 400).rejectCode).toBe(rejects.bookFull.code);
    const placed = venue.place(near, PERP, 'bid', 10, mark - 50);
    expect(placed.result[15]).toBe(OrderStatus.New);
    expect(venue.events(events.orderExpired).map(({ priceTicks }) => priceTicks)).toEqual([mark - 300]);
    expect(venue.audit()).toEqual([]);
    // A price that has its level already needs no room.
    expect(venue.place(near, PERP, 'bid', 10, mark - 200).rejectCode).toBe(0);
  });
});
