/** A bid that its money covers is filled to its last lot, in however many fills: each rounds its fee up. */
import { Side } from '@mochila/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerQuery } from '../queries/answer-query.ts';
import { SmallAsset, SmallMarket } from '../testing/small-genesis.ts';
import { type Person, TestVenue } from '../testing/test-venue.ts';

const SPOT = SmallMarket.BTC_USDC;
const MARK = 600_000;

const TAKER_PPM = 1_000;

/** Somebody who has what so many lots cost in one fill and a few atoms more, and how many it is told it can buy. */
function buyer(venue: TestVenue, priceTicks: number, lots: number, moreAtoms: number) {
  const person = venue.subaccount(venue.person(1), 101);
  const notional = lots * priceTicks * venue.state.markets[SPOT]!.k;
  venue.deposit(person, SmallAsset.USDC, notional + Math.ceil((notional * TAKER_PPM) / 1e6) + moreAtoms);
  const asked = { market: SPOT, side: Side.Bid, priceTicks, isReduceOnly: false, autoBorrow: false, autoLendRedeem: true };
  return { person, most: answerQuery(venue.state, 'maxOrder', { account: person.account, ...asked }).quantity };
}

/** Whole lots that somebody has of the base. */
function lotsOf(venue: TestVenue, person: Person): number {
  return venue.net(person, SmallAsset.BTC) / venue.state.markets[SPOT]!.lotAtoms;
}

describe('the most that money can buy', () => {
  const lots = fc.integer({ min: 2, max: 40 });
  const more = fc.integer({ min: 0, max: 40 });
  const price = fc.integer({ min: MARK - 997, max: MARK + 997 });
  const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });

  it('is bought from many sellers at once', () => {
    fc.assert(
      fc.property(lots, more, price, sizes, (wanted, moreAtoms, priceTicks, parts) => {
        const venue = new TestVenue();
        const seller = venue.person(2);
        const { person, most } = buyer(venue, priceTicks, wanted, moreAtoms);
        expect(most).toBeGreaterThanOrEqual(wanted - 1);
        for (let offered = 0, at = 0; offered < most; at += 1) {
          const size = Math.min(parts[at % parts.length]!, most - offered);
          venue.place(seller, SPOT, 'ask', size, priceTicks);
          offered += size;
        }
        expect(venue.place(person, SPOT, 'bid', most, priceTicks).rejectCode).toBe(0);
        expect(lotsOf(venue, person)).toBe(most);
        expect(venue.audit()).toEqual([]);
      }),
      { numRuns: 40, seed: 20_261_122, endOnFailure: true },
    );
  });

  it('rests, and is sold to bit by bit', () => {
    fc.assert(
      fc.property(lots, more, price, sizes, (wanted, moreAtoms, priceTicks, parts) => {
        const venue = new TestVenue();
        const seller = venue.person(2);
        const { person, most } = buyer(venue, priceTicks, wanted, moreAtoms);
        expect(most).toBeGreaterThanOrEqual(wanted - 1);
        expect(venue.place(person, SPOT, 'bid', most, priceTicks).rejectCode).toBe(0);
        for (let sold = 0, at = 0; sold < most; at += 1) {
          const size = Math.min(parts[at % parts.length]!, most - sold);
          venue.place(seller, SPOT, 'ask', size, priceTicks, { timeInForce: 1 });
          sold += size;
        }
        expect(lotsOf(venue, person)).toBe(most);
        expect(venue.audit()).toEqual([]);
      }),
      { numRuns: 20, seed: 20_261_123, endOnFailure: true },
    );
  });
});
