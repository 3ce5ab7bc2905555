import { commands, rejects } from '@mochila/protocol';
import { MICROS_PER_HOUR } from '@mochila/units';
import { describe, expect, it } from 'vitest';
import { restoreSnapshot, writeSnapshot } from '../codec/snapshot.ts';
import { createState } from '../create-state.ts';
import { SmallAsset, SmallMarket, smallGenesis } from '../testing/small-genesis.ts';
import { type Person, TestVenue } from '../testing/test-venue.ts';
import { freshProfitOf, profitStillLocked } from './profit-pace.ts';

const { BTC_USDC, BTC_USDC_PERP } = SmallMarket;
const UNIT = 1e6;
/** One user's share of 10 % of an open-interest limit of ten million USD. */
const SHARE = 100_000 * UNIT;

/** A venue without grants, whose BTC perpetual has an open-interest limit of ten million USD. */
function venueOf(): TestVenue {
  const genesis = smallGenesis();
  for (const asset of genesis.assets) asset.faucetGrant = '0';
  for (const { perp } of genesis.markets) if (perp !== null) perp.openInterestLimitUsd = 10_000_000;
  return new TestVenue(genesis);
}

function funded(venue: TestVenue, tag: number, usdc: number, btc = 0): Person {
  const person = venue.person(tag);
  venue.deposit(person, SmallAsset.USDC, usdc * UNIT);
  if (btc > 0) venue.deposit(person, SmallAsset.BTC, btc * 1e8);
  return person;
}

function withdraw(venue: TestVenue, person: Person, quantityAtoms: number): { rejectCode: number; limit: number } {
  const [address, blockchain] = ['somewhere', 'Simulated'].map((word) => new TextEncoder().encode(word));
  return venue.as(person, commands.requestWithdrawal, {
    asset: SmallAsset.USDC,
    quantityAtoms,
    address: address!,
    blockchain: blockchain!,
  });
}

/** Takes out all it can in two steps, as the answers say; returns the atoms. */
function drain(venue: TestVenue, person: Person): number {
  const all = venue.net(person, SmallAsset.USDC);
  const first = withdraw(venue, person, all);
  if (first.rejectCode === 0) return all;
  expect(first.rejectCode).toBe(rejects.profitPace.code);
  expect(withdraw(venue, person, first.limit).rejectCode).toBe(0);
  return first.limit;
}

/** Mallory buys 80 BTC from a friend at 5 % below the mark and sells them back at the mark: 240,000 USDC change hands. */
function scheme(): { venue: TestVenue; mallory: Person; friend: Person } {
  const venue = venueOf();
  const mallory = funded(venue, 1, 1_500_000);
  const friend = funded(venue, 2, 1_500_000);
  const lots = 8_000_000;
  expect(venue.place(friend, BTC_USDC_PERP, 'ask', lots, 570_000).rejectCode).toBe(0);
  expect(venue.place(mallory, BTC_USDC_PERP, 'bid', lots, 570_000).rejectCode).toBe(0);
  expect(venue.size(mallory, BTC_USDC_PERP)).toBe(lots);
  expect(venue.place(friend, BTC_USDC_PERP, 'bid', lots, 600_000).rejectCode).toBe(0);
  expect(venue.place(mallory, BTC_USDC_PERP, 'ask', lots, 600_000).rejectCode).toBe(0);
  expect(venue.size(mallory, BTC_USDC_PERP)).toBe(0);
  return { venue, mallory, friend };
}

describe('S14 through the whole engine', () => {
  it('lets the own money and the share of an hour out, and the rest of the profit two hours later', () => {
    const { venue, mallory } = scheme();
    expect(freshProfitOf(venue.state, mallory.account)).toBe(240_000 * UNIT);
    const won = venue.net(mallory, SmallAsset.USDC);
    expect(drain(venue, mallory)).toBe(won - 140_000 * UNIT);
    expect(withdraw(venue, mallory, 1).rejectCode).toBe(rejects.profitPace.code);
    venue.state.timeMicros += 2 * MICROS_PER_HOUR;
    expect(withdraw(venue, mallory, 139_000 * UNIT).rejectCode).toBe(0);
    expect(venue.audit()).toEqual([]);
  });

  it('gains nothing by losing the profit on spot to one more friend', () => {
    const { venue, mallory } = scheme();
    const third = funded(venue, 3, 1_000, 100);
    const lots = 1_000_000;
    for (let round = 0; round < 8; round += 1) {
      expect(venue.place(third, BTC_USDC, 'ask', lots, 615_000).rejectCode).toBe(0);
      venue.place(mallory, BTC_USDC, 'bid', lots, 615_000);
    }
    expect(venue.net(mallory, SmallAsset.BTC)).toBe(20e8);
    const fresh = freshProfitOf(venue.state, third.account);
    expect(fresh).toBe(20 * 1_500 * UNIT);
    const outs = drain(venue, third);
    expect(outs).toBeLessThanOrEqual(1_000 * UNIT + 20 * 61_500 * UNIT);
    expect(freshProfitOf(venue.state, mallory.account)).toBe(240_000 * UNIT);
    expect(venue.audit()).toEqual([]);
  });

  it('does not leave by a transfer to another account, and a snapshot in between changes nothing', () => {
    const { venue, mallory } = scheme();
    const made = venue.as(mallory, commands.createSubaccount, {});
    const move = (quantityAtoms: number) =>
      venue.as(mallory, commands.transfer, { toAccount: made.result[0]!, asset: SmallAsset.USDC, quantityAtoms });
    const all = venue.net(mallory, SmallAsset.USDC);
    expect(move(all).rejectCode).toBe(rejects.profitPace.code);
    expect(move(all - 140_000 * UNIT).rejectCode).toBe(0);
    const copy = createState(venue.state.genesis);
    restoreSnapshot(copy, writeSnapshot(venue.state));
    for (const state of [venue.state, copy]) expect(profitStillLocked(state, mallory.account)).toBe(140_000 * UNIT);
    expect(move(1).rejectCode).toBe(rejects.profitPace.code);
    expect(venue.state.withdrawals.profitLeftAtoms[BTC_USDC_PERP]).toBe(SHARE);
  });
});
