import { events, OrderOrigin, Side } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { orderSlotOf } from '../../book/orders.ts';
import { FUND_ACCOUNT } from '../../ledger/accounts.ts';
import { actIn, bareVenue, personWith } from '../../testing/forced-venue.ts';
import { SmallAsset, SmallMarket } from '../../testing/small-genesis.ts';
import type { TestVenue } from '../../testing/test-venue.ts';
import { forcedTransfer } from '../forced-transfer.ts';
import { unwindFund } from './unwind.ts';

const PERP = SmallMarket.SOL_USDC_PERP;
const USDC = 1_000_000;

/** A fund long 1,000 lots of SOL at 150, and somebody rich. */
function long() {
  const venue = bareVenue();
  const seller = personWith(venue, 1, [100_000 * USDC]);
  const rich = personWith(venue, 2, [100_000 * USDC]);
  venue.place(rich, PERP, 'ask', 1_000, 15_000);
  venue.place(seller, PERP, 'bid', 1_000, 15_000);
  const market = venue.state.markets[PERP]!;
  const part = { account: FUND_ACCOUNT, lots: 1_000, priceTicks: 15_000 };
  actIn(venue.state, () => forcedTransfer(venue.state, market, seller.account, [part], OrderOrigin.BackstopLiquidityProvider));
  return { venue, rich };
}

function orderOf(venue: TestVenue) {
  const { orders, fund } = venue.state;
  const slot = orderSlotOf(orders, fund.unwindOrderId[PERP]!);
  return slot < 0
    ? null
    : { side: orders.side[slot], lots: orders.lots[slot], ticks: orders.priceTicks[slot], isResting: orders.isResting[slot] };
}

const second = (venue: TestVenue, seconds = 1): void => {
  for (let at = 0; at < seconds; at += 1) {
    venue.state.tickSecond += 1;
    venue.state.timeMicros += 1e6;
    actIn(venue.state, () => unwindFund(venue.state));
  }
};

describe('the fund unwinding', () => {
  it('offers a tenth of what it has a minute by a post-only order, at the mark where the book is empty', () => {
    const { venue, rich } = long();
    second(venue);
    expect(orderOf(venue)).toEqual({ side: Side.Ask, lots: 100, ticks: 15_000, isResting: 1 });
    venue.place(rich, PERP, 'bid', 30, 15_000);
    venue.place(rich, PERP, 'bid', 70, 15_000);
    expect(orderOf(venue)).toBeNull();
    const minute = Math.floor(venue.state.tickSecond / 60);
    second(venue, 60 - (venue.state.tickSecond % 60) - 1);
    expect([orderOf(venue), Math.floor(venue.state.tickSecond / 60)]).toEqual([null, minute]);
    second(venue);
    expect(orderOf(venue)).toMatchObject({ lots: 90 });
    expect(venue.audit()).toEqual([]);
  });

  it('rests behind a bid above the mark and never takes', () => {
    const { venue, rich } = long();
    venue.place(rich, PERP, 'bid', 5_000, 15_010);
    second(venue);
    expect(orderOf(venue)).toMatchObject({ ticks: 15_011, isResting: 1 });
    expect(venue.events(events.fill)).toEqual([]);
    expect(venue.audit()).toEqual([]);
  });

  it('follows the mark, not an ask far below it', () => {
    const { venue, rich } = long();
    venue.place(rich, PERP, 'ask', 1, 14_000);
    second(venue);
    expect(orderOf(venue)).toMatchObject({ ticks: 15_000 });
    venue.state.markets[PERP]!.price.markTicks = 14_900;
    Object.assign(venue.state.assets[SmallAsset.SOL]!.price, { index: 149, mark: 149 });
    second(venue);
    expect(orderOf(venue)).toMatchObject({ ticks: 14_900, lots: 100 });
    expect(venue.audit()).toEqual([]);
  });

  it('gives its positions to stage 4 when it is below its maintenance margin', () => {
    const { venue, rich } = long();
    second(venue);
    venue.state.markets[PERP]!.listing.perp!.mmf.base = 1_000;
    second(venue);
    expect(orderOf(venue)).toBeNull();
    expect(venue.size(rich, PERP)).toBe(0);
    expect(venue.events(events.deleveraged)).toMatchObject([{ account: FUND_ACCOUNT, takenLots: 1_000 }]);
  });
});
