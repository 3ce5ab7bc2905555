import { commands, encodeRecord, Side } from '@mochila/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { writeSnapshot } from './codec/snapshot.ts';
import { FORESEE_STEPS, foresee, foreseeMakers } from './foresee.ts';
import { SmallMarket } from './small-genesis.ts';
import { TestVenue } from './testing/test-venue.ts';

const BTC_PERP = SmallMarket.BTC_USDC_PERP;
/** Rows that exist, rows that do not, and what is no row at all. */
const anyNumber = fc.oneof(
  fc.nat({ max: 12 }),
  fc.constantFrom(-1, 0.5, 2 ** 31, 2 ** 53 - 1, -(2 ** 40), Number.NaN, Number.POSITIVE_INFINITY),
);
const command = fc.record({ isCancel: fc.boolean(), account: anyNumber, key: anyNumber, orderId: anyNumber, signLo: anyNumber });

it('changes nothing of the state, whatever a command names', () => {
  const venue = new TestVenue();
  const [maker, taker] = [venue.person(1), venue.person(2)];
  for (const ticks of [601_000, 601_500, 602_000]) venue.place(maker, BTC_PERP, 'ask', 10, ticks);
  venue.place(taker, BTC_PERP, 'bid', 15, 601_500);
  const { state } = venue;
  const before = writeSnapshot(state);
  const words = new Float64Array(256);
  fc.assert(
    fc.property(command, fc.nat({ max: 40 }), ({ isCancel, ...fields }, lots) => {
      if (isCancel) encodeRecord(commands.cancelOrder, { ...commands.cancelOrder.defaults, ...fields }, words, 3);
      else encodeRecord(commands.placeOrder, { ...commands.placeOrder.defaults, account: fields.account, key: fields.key }, words, 3);
      for (let step = 0; step < FORESEE_STEPS; step += 1) foresee(state, words, 3, step);
      encodeRecord(commands.tick, { second: 1 }, words, 3);
      for (let step = 0; step < FORESEE_STEPS; step += 1) foresee(state, words, 3, step);
      for (const side of [Side.Bid, Side.Ask]) foreseeMakers(state, state.markets[BTC_PERP]!.book, side, lots);
    }),
    { numRuns: 300, seed: 20_411 },
  );
  expect(writeSnapshot(state)).toEqual(before);
});
