import { Side } from '@mochila/protocol';
import { expect, it } from 'vitest';
import { writeSnapshot } from './codec/snapshot.ts';
import { foreseeMakers } from './foresee.ts';
import { SmallMarket } from './small-genesis.ts';
import { TestVenue } from './testing/test-venue.ts';

const BTC_PERP = SmallMarket.BTC_USDC_PERP;
it('changes nothing of the state, on an empty side too', () => {
  const venue = new TestVenue();
  const [maker, taker] = [venue.person(1), venue.person(2)];
  for (const ticks of [601_000, 601_500, 602_000]) venue.place(maker, BTC_PERP, 'ask', 10, ticks);
  venue.place(taker, BTC_PERP, 'bid', 15, 601_500);
  const { state } = venue;
  const before = writeSnapshot(state);
  for (const side of [Side.Bid, Side.Ask])
    for (const lots of [0, 1, 15, 40]) foreseeMakers(state, state.markets[BTC_PERP]!.book, side, lots);
  expect(writeSnapshot(state)).toEqual(before);
});
