/** Fill or kill is decided before the first fill: whole or nothing, whoever stands on the book. */
import { commands, ExpiryReason, events, OrderStatus, rejects, TimeInForce } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { SmallAsset, SmallMarket } from '../testing/small-genesis.ts';
import { TestVenue } from '../testing/test-venue.ts';

const BTC = SmallMarket.BTC_USDC;
const PERP = SmallMarket.BTC_USDC_PERP;
const FOK = { timeInForce: TimeInForce.FOK };

describe('fill or kill', () => {
  it('asks for fees that round up once a fill: money for the order as one is too little, an atom a lot more fills it whole', () => {
    const venue = new TestVenue();
    const taker = venue.person(1);
    const makers = [venue.person(2), venue.person(3), venue.person(4)];
    // A lot at 60,000.1 costs 600,001 atoms and a fee of a thousandth, 600.001 atoms.
    for (const maker of makers) venue.place(maker, BTC, 'ask', 1, 600_001);
    const costAsOne = 3 * 600_001 + Math.ceil((3 * 600_001) / 1_000);
    const costLotByLot = 3 * (600_001 + 601);
    expect(costLotByLot - costAsOne).toBe(2);
    leave(venue, taker, costLotByLot - 1);
    const refused = venue.place(taker, BTC, 'bid', 3, 600_001, FOK);
    expect(refused).toMatchObject({ rejectCode: rejects.insufficientFunds.code, limit: costLotByLot });
    expect(venue.net(taker, SmallAsset.BTC)).toBe(2e8);
    venue.deposit(taker, SmallAsset.USDC, 1);
    const filled = venue.place(taker, BTC, 'bid', 3, 600_001, FOK);
    expect(filled.result[15]).toBe(OrderStatus.Filled);
    expect(venue.net(taker, SmallAsset.USDC)).toBe(0);
    expect(venue.audit()).toEqual([]);
  });

  it('fills against two spot orders of one maker who holds money for just these', () => {
    const venue = new TestVenue();
    const [maker, taker] = [venue.person(1), venue.person(2)];
    venue.place(maker, BTC, 'ask', 100_000, 600_000);
    venue.place(maker, BTC, 'ask', 100_000, 600_100);
    const answer = venue.place(taker, BTC, 'bid', 150_000, 600_100, FOK);
    expect(answer.result[15]).toBe(OrderStatus.Filled);
  });

  it('is filled by a maker who has more than is asked, whatever stands behind him', () => {
    const venue = new TestVenue();
    const [maker, taker] = [venue.person(1), venue.person(2)];
    venue.place(maker, BTC, 'bid', 10, 600_000);
    venue.place(taker, BTC, 'bid', 10, 595_000);
    // Two lots, and a rest that is less than one at the best price and more than one at the price behind, which is his own.
    const answer = venue.place(taker, BTC, 'ask', 0, 0, { ...FOK, quoteAtoms: 2 * 600_000 + 597_000 });
    expect(answer.result[15]).toBe(OrderStatus.Filled);
    expect(venue.events(events.fill).map(({ quantityLots, priceTicks }) => [quantityLots, priceTicks])).toEqual([[2, 600_000]]);
    expect(venue.audit()).toEqual([]);
  });

  it("counts a maker's reduce-only orders no further than its position", () => {
    const venue = new TestVenue();
    const [maker, other, taker] = [venue.person(1), venue.person(2), venue.person(3)];
    venue.place(other, PERP, 'ask', 100, 600_000);
    venue.place(maker, PERP, 'bid', 100, 600_000);
    venue.place(maker, PERP, 'ask', 100, 600_100, { isReduceOnly: 1 });
    venue.place(maker, PERP, 'ask', 100, 600_200, { isReduceOnly: 1 });
    const answer = venue.place(taker, PERP, 'bid', 200, 600_200, FOK);
    expect(answer.result[16]).toBe(ExpiryReason.FillOrKill);
    expect(venue.size(taker, PERP)).toBe(0);
    expect(venue.events(events.fill)).toHaveLength(0);
    expect(venue.place(taker, PERP, 'bid', 100, 600_200, FOK).result[15]).toBe(OrderStatus.Filled);
    expect(venue.audit()).toEqual([]);
  });
});

/** Leaves a person with just these atoms of USDC. */
function leave(venue: TestVenue, person: { account: number; key: number; generation: number }, atoms: number): void {
  const sub = venue.as(person, commands.createSubaccount, {});
  expect(sub.rejectCode).toBe(0);
  const answer = venue.as(person, commands.transfer, {
    toAccount: sub.result[0]!,
    asset: SmallAsset.USDC,
    quantityAtoms: venue.net(person, SmallAsset.USDC) - atoms,
  });
  expect(answer.rejectCode).toBe(0);
}
