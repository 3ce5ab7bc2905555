import { commands, events, rejects } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { bareVenue, personWith, setPrice } from '../../testing/forced-venue.ts';
import { SmallAsset, SmallMarket, smallGenesis } from '../../testing/small-genesis.ts';
import { type Person, TestVenue } from '../../testing/test-venue.ts';
import { freeCapacity } from './capacity.ts';
import { findPosting } from './offer.ts';

const PERP = SmallMarket.SOL_USDC_PERP;
const USDC = 1_000_000;
const HOUR = 3_600;

function post(venue: TestVenue, person: Person, capital: number, market: number = PERP, most = 1e9) {
  const atoms = most * USDC;
  return venue.as(person, commands.setBackstop, {
    market,
    capitalAtoms: capital * USDC,
    notionalAtoms: atoms,
    minuteAtoms: atoms,
    hourAtoms: atoms,
  });
}

function venueOf(people: number, capitalMinUsd: number): TestVenue {
  const genesis = smallGenesis({ registrationsPerAddressAndDay: 0 });
  const rows = people + 20;
  genesis.limits = { ...genesis.limits, accounts: rows, users: rows, keys: rows, positions: 4 * rows, holdings: 8 * rows };
  genesis.liquidation.providerCapitalMinUsd = capitalMinUsd;
  for (const asset of genesis.assets) asset.faucetGrant = '0';
  return new TestVenue(genesis);
}

describe('a posting', () => {
  it('ring-fences at least what the venue asks for, or ends', () => {
    const venue = venueOf(2, 1_000);
    const provider = personWith(venue, 1, [10_000 * USDC]);
    expect(post(venue, provider, 999.5)).toMatchObject({ rejectCode: rejects.backstopCapitalMin.code, value: 999.5, limit: 1_000 });
    // Nothing to end: no row is made.
    expect(post(venue, provider, 0).rejectCode).toBe(rejects.backstopCapitalMin.code);
    expect(venue.state.backstop.used).toBe(0);
    expect(post(venue, provider, 1_000).rejectCode).toBe(0);
    expect(post(venue, provider, 400).rejectCode).toBe(rejects.backstopCapitalMin.code);
    expect(post(venue, provider, 0).rejectCode).toBe(0);
    expect(venue.audit()).toEqual([]);
  });

  it('that ended gives its row to another once the table is full, and not while it carries something', () => {
    const venue = bareVenue();
    const people = [1, 2, 3].map((tag) => personWith(venue, tag, [10_000 * USDC]));
    Object.assign(venue.state.backstop, { capacity: 3 });
    expect(post(venue, people[0]!, 1_000).rejectCode).toBe(0);
    expect(post(venue, people[0]!, 1_000, SmallMarket.ETH_USDC_PERP).rejectCode).toBe(0);
    expect(post(venue, people[1]!, 1_000).rejectCode).toBe(0);
    expect(post(venue, people[2]!, 1_000).rejectCode).toBe(rejects.backstopTableFull.code);
    expect(post(venue, people[0]!, 0).rejectCode).toBe(0);
    expect(post(venue, people[2]!, 1_000).rejectCode).toBe(rejects.backstopTableFull.code);
    venue.state.timeMicros += HOUR * 1e6;
    const row = findPosting(venue.state, people[0]!.account, PERP);
    venue.place(people[1]!, PERP, 'ask', 5, 15_000);
    venue.place(people[0]!, PERP, 'bid', 5, 15_000);
    venue.state.backstop.carried[row] = 5;
    expect(post(venue, people[2]!, 1_000).rejectCode).toBe(rejects.backstopTableFull.code);
    venue.state.backstop.carried[row] = 0;
    expect(post(venue, people[2]!, 1_000).rejectCode).toBe(0);
    expect(findPosting(venue.state, people[2]!.account, PERP)).toBe(row);
    expect(findPosting(venue.state, people[0]!.account, PERP)).toBe(-1);
    expect(findPosting(venue.state, people[0]!.account, SmallMarket.ETH_USDC_PERP)).toBeGreaterThanOrEqual(0);
    expect(freeCapacity(venue.state, row)).toBe(3_000 * USDC);
    expect(venue.audit()).toEqual([]);
  });
});

describe('very many postings', () => {
  it('share a taking by the 64 with the most room, and then the others: as much is taken as restores the account', () => {
    const venue = venueOf(160, 1);
    const rich = personWith(venue, 1, [900_000 * USDC]);
    const long = personWith(venue, 2, [1_000 * USDC]);
    const providers = Array.from({ length: 150 }, (_, at) => personWith(venue, 20 + at, [300 * USDC]));
    // Each may take 30 USD and up, in an hour: a fifth of a SOL.
    for (const [at, provider] of providers.entries()) expect(post(venue, provider, 200, PERP, 30 + (at % 50)).rejectCode).toBe(0);
    venue.place(rich, PERP, 'ask', 10_000, 15_000);
    venue.place(long, PERP, 'bid', 10_000, 15_000);
    setPrice(venue, SmallAsset.SOL, 141.2);
    const { sendOne } = venue;
    const takers: number[][] = [];
    let taken = 0;
    venue.sendOne = (schema, fields, timeMicros) => {
      const answer = sendOne.call(venue, schema, fields, timeMicros);
      const told = venue.events(events.backstopTaken);
      if (told.length > 0) takers.push(told.map(({ takerAccount }) => takerAccount));
      taken += told.reduce((sum, { sizeLots }) => sum + sizeLots, 0);
      return answer;
    };
    for (let second = 0; second < 12; second += 1) venue.live(1);
    expect(taken).toBe(10_000 - venue.size(long, PERP));
    expect(taken).toBeGreaterThan(0);
    expect(new Set(takers.flat()).size).toBeGreaterThan(64);
    for (const provider of providers) expect(venue.size(provider, PERP)).toBeGreaterThanOrEqual(0);
    expect(venue.state.liquidation.cases.live).toBe(0);
    expect(venue.audit()).toEqual([]);
  });
});
