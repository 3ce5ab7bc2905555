import { BorrowLendSource, commands, PriceGrade } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { PayPolicy, pay } from '../ledger/pay.ts';
import { ReceiveMode, receive } from '../ledger/receive.ts';
import { isFlagged } from '../testing/fallen-venue.ts';
import { actIn, personWith } from '../testing/forced-venue.ts';
import { SmallAsset, SmallMarket, smallGenesis } from '../testing/small-genesis.ts';
import { type Person, TestVenue } from '../testing/test-venue.ts';

const WRAPPED = 5;
const HOUR = 3_600;
const STEP = 5;

/** Ten coins worth 1.2 ETH each, 36,000 USD, against which somebody owes dollars. */
function indebted(...owed: number[]): { venue: TestVenue; people: Person[] } {
  const genesis = smallGenesis();
  const eth = genesis.assets[SmallAsset.ETH]!;
  genesis.assets.push({ ...eth, symbol: 'WSTETH', redemption: { underlying: 'ETH', rate: '1.2' }, stepPerSecond: 0.01 });
  genesis.markets.push({ ...genesis.markets[SmallMarket.ETH_USDC]!, symbol: 'WSTETH_USDC', base: 'WSTETH' });
  for (const asset of genesis.assets) asset.faucetGrant = '0';
  const venue = new TestVenue(genesis);
  const lender = personWith(venue, 1, [10_000_000e6]);
  const people = owed.map((usd, at) => {
    const person = personWith(venue, 10 + at, [0, 0, 0, 0, 0, 10e8]);
    actIn(venue.state, () => {
      pay(venue.state, person.account, SmallAsset.USDC, usd * 1e6, PayPolicy.Forced, BorrowLendSource.Manual);
      receive(venue.state, lender.account, SmallAsset.USDC, usd * 1e6, ReceiveMode.Lend, BorrowLendSource.Manual);
    });
    return person;
  });
  return { venue, people };
}

function listRate(venue: TestVenue, rate: string): void {
  const { listing } = venue.state.assets[WRAPPED]!;
  const json = new TextEncoder().encode(JSON.stringify({ ...listing, redemption: { underlying: 'ETH', rate } }));
  expect(venue.send(commands.updateParameters, { json }).rejectCode).toBe(0);
}

/** Share of its worth before the jump that the mark has. */
function walked(venue: TestVenue): number {
  return venue.state.assets[WRAPPED]!.price.mark / 3_600;
}

describe('a redemption rate that jumps', () => {
  it.each(['0.0012', '0.6', '1.1'])('down to %s makes nobody short but by what the walk of one per cent an hour allows', (rate) => {
    // Owing 1,000 at an MMF of 0.06 needs 1,060 of collateral, which counts 0.95: falls of 6.4, 1.1 and 0.5 per cent make them short.
    const { venue, people } = indebted(30_200, 31_900, 32_100);
    const [safe, near, edge] = people;
    listRate(venue, rate);
    const flaggedAt = new Map<Person, number>();
    for (let second = 0; second < HOUR; second += STEP) {
      venue.pass(STEP);
      expect(walked(venue)).toBeGreaterThanOrEqual(1 - (0.01 * (second + STEP)) / HOUR - 1e-6);
      for (const person of people) {
        if (!isFlagged(venue, person) || flaggedAt.has(person)) continue;
        flaggedAt.set(person, walked(venue));
      }
    }
    expect(venue.state.assets[WRAPPED]!.price.grade).not.toBe(PriceGrade.Good);
    expect([flaggedAt.has(safe!), flaggedAt.has(near!), flaggedAt.has(edge!)]).toEqual([false, false, true]);
    expect(flaggedAt.get(edge!)!).toBeLessThan(0.996);
    expect(flaggedAt.get(edge!)!).toBeGreaterThan(0.994);
    expect(venue.audit()).toEqual([]);
  });

  it('and is set right within the hour has liquidated nobody who had room for one per cent', () => {
    const { venue, people } = indebted(31_800);
    listRate(venue, '0.0012');
    for (let second = 0; second < HOUR / 2; second += STEP) venue.pass(STEP);
    listRate(venue, '1.2');
    for (let second = 0; second < HOUR; second += STEP) venue.pass(STEP);
    expect(walked(venue)).toBeCloseTo(1, 6);
    expect(venue.state.assets[WRAPPED]!.price.grade).toBe(PriceGrade.Good);
    expect(isFlagged(venue, people[0]!)).toBe(false);
    expect(venue.state.liquidation.opened).toBe(0);
    expect(venue.net(people[0]!, WRAPPED)).toBe(10e8);
    expect(venue.audit()).toEqual([]);
  });

  it('up makes who owes the coin short by the same walk, and not before', () => {
    const { venue, people } = indebted(20_000);
    const short = personWith(venue, 30, [10_000e6]);
    actIn(venue.state, () => {
      pay(venue.state, short.account, WRAPPED, 2.44e8, PayPolicy.Forced, BorrowLendSource.Manual);
      receive(venue.state, people[0]!.account, WRAPPED, 2.44e8, ReceiveMode.Lend, BorrowLendSource.Manual);
    });
    listRate(venue, '1.8');
    for (let second = 0; second < HOUR; second += STEP) venue.pass(STEP);
    expect(isFlagged(venue, short)).toBe(false);
    for (let second = 0; second < HOUR && !isFlagged(venue, short); second += STEP) venue.pass(STEP);
    expect(isFlagged(venue, short)).toBe(true);
    // 10,000 USD are 1.12 times what 2.44 coins cost at 1.0165 of their worth.
    expect(walked(venue)).toBeCloseTo(1.0165, 3);
    expect(isFlagged(venue, people[0]!)).toBe(false);
    expect(venue.audit()).toEqual([]);
  });
});
