/** Accounts on little money beside somebody rich, and prices that fall: what tests of liquidation begin with. */
import type { Genesis } from '@mochila/protocol';
import { accountIsLiquidating } from '../ledger/accounts.ts';
import { SmallAsset, smallGenesis } from './small-genesis.ts';
import { type Person, TestVenue } from './test-venue.ts';

/** A venue with a rich person and his key. */
export interface FallenVenue {
  venue: TestVenue;
  rich: Person;
}

/** @param changes - of the small genesis. */
export function fallenVenue(changes: Partial<Genesis> = {}): FallenVenue {
  const venue = new TestVenue(smallGenesis(changes));
  const rich = venue.person(1);
  venue.deposit(rich, SmallAsset.USDC, 50_000_000e6);
  venue.deposit(rich, SmallAsset.BTC, 100e8);
  venue.deposit(rich, SmallAsset.ETH, 1_000e8);
  return { venue, rich };
}

/** A subaccount with USDC and nothing else. @param tag - different for each of a venue, from 2. */
export function poorPerson(venue: TestVenue, tag: number, usdc: number): Person {
  const person = venue.subaccount(venue.person(tag), tag + 100);
  if (usdc > 0) venue.deposit(person, SmallAsset.USDC, Math.round(usdc * 1e6));
  return person;
}

/** Lets the two trade a position: `buyer` is long afterwards. */
export function trade(venue: TestVenue, market: number, buyer: Person, seller: Person, lots: number, ticks: number): void {
  venue.place(seller, market, 'ask', lots, ticks);
  venue.place(buyer, market, 'bid', lots, ticks);
}

/** Lets seconds pass until an account is flagged, 60 at most. @returns whether it was. */
export function untilFlagged(venue: TestVenue, person: Person): boolean {
  for (let second = 0; second < 60 && !isFlagged(venue, person); second += 1) venue.live(1);
  return isFlagged(venue, person);
}

/** True while the account is being liquidated. */
export function isFlagged(venue: TestVenue, person: Person): boolean {
  return accountIsLiquidating(venue.state.accounts, person.account) === 1;
}

/** Net equity over exposure. */
export function fractionOf(venue: TestVenue, person: Person): number {
  const { netEquity, totalExposure } = venue.health(person);
  return totalExposure === 0 ? Number.POSITIVE_INFINITY : netEquity / totalExposure;
}
