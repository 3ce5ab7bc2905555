/** Bare venues, prices set at once, and stages of the waterfall run one at a time, for tests of forced acts. */
import type { Genesis } from '@mochila/protocol';
import { clearEvents } from '../event-buffer.ts';
import { closeFrame, openFrame } from '../ledger/frame.ts';
import { settleFreeCredits } from '../ledger/free-credits.ts';
import { cancelUncoveredOfTouched } from '../matching/cancel-uncovered.ts';
import { announcePositions } from '../matching/position-events.ts';
import { noteAllChanged } from '../risk/short-index.ts';
import type { State } from '../state.ts';
import { smallGenesis } from './small-genesis.ts';
import { type Person, TestVenue } from './test-venue.ts';

/** A small venue that gives nobody anything. */
export function bareVenue(changes: Partial<Genesis> = {}): TestVenue {
  const genesis = smallGenesis(changes);
  for (const asset of genesis.assets) asset.faucetGrant = '0';
  return new TestVenue(genesis);
}

/** A person with so many atoms of each asset given, by AssetIx. */
export function personWith(venue: TestVenue, tag: number, atoms: readonly (number | undefined)[]): Person {
  const person = venue.person(tag);
  for (const [asset, amount] of atoms.entries()) if (amount !== undefined && amount > 0) venue.deposit(person, asset, amount);
  return person;
}

/** Sets index, mark and stable price of an asset, and the marks of its markets, at once. */
export function setPrice(venue: TestVenue, asset: number, usd: number, index = usd): void {
  const { state } = venue;
  venue.usd[asset] = index;
  Object.assign(state.assets[asset]!.price, { index, mark: usd, stable: usd });
  for (const { base, price, tickSize } of state.markets) {
    if (base !== asset) continue;
    price.markTicks = Math.round(usd / tickSize);
    price.markExact = usd;
  }
  noteAllChanged(state.scratch.shortIndex);
}

/** Runs an act as one command of its own, with what every command ends with; returns what it returns. */
export function actIn<T>(state: State, act: () => T): T {
  state.seq += 1;
  clearEvents(state.out);
  openFrame(state);
  const result = act();
  settleFreeCredits(state);
  cancelUncoveredOfTouched(state);
  announcePositions(state);
  closeFrame(state);
  return result;
}
