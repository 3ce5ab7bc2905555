/** A venue in one thread over files in which a bit of everything happens, for tests of recovery. */

import { smallGenesis } from '@mochila/core';
import { Side } from '@mochila/protocol';
import { createSimulatedClock, requireDone, type SimulatedClock, TestVenue } from '@mochila/testkit';
import { createInlineLink, type InlineLink } from '../inline/inline-link.ts';
import type { VenueStorage } from '../venue/venue-storage.ts';
import { openStorage } from './file-storage.ts';
import { fileStorageTask } from './start-test-venue.ts';

export interface LivelyVenue {
  readonly link: InlineLink;
  readonly clock: SimulatedClock;
  readonly venue: TestVenue;
}

const genesis = smallGenesis({ settleEverySeconds: 5 });

/** The storage of the lively venue in a directory. */
export function livelyStorage(directory: string): VenueStorage {
  return openStorage(fileStorageTask({ directory, venueId: genesis.venueId, segmentBytes: 40_000 }).settings);
}

/** Opens the venue, at the moment it stopped if it was there before. */
export function openLivelyVenue(directory: string, clock = createSimulatedClock(genesis.createdAtMicros)): LivelyVenue {
  const storage = livelyStorage(directory);
  const link = createInlineLink({ genesis, clock, journal: storage.createJournal(false), snapshots: storage.createSnapshots() });
  clock.set(Math.max(clock.nowMicros(), link.state.timeMicros));
  return { link, clock, venue: new TestVenue(link, clock, genesis) };
}

/** Lets people register and trade over some settlements. @param tag makes their keys and references unique */
export async function liveForAWhile({ venue }: LivelyVenue, tag: number, seconds = 12): Promise<void> {
  await venue.passSeconds(2);
  const [maker, taker] = [await venue.person(publicKeyOf(tag, 1)), await venue.person(publicKeyOf(tag, 2))];
  requireDone(await venue.deposit(maker, 'USDC', 50_000_000_000, `deposit ${tag}`));
  for (let second = 0; second < seconds; second++) {
    const price = 600_000 + (second % 5) * 20;
    venue.usd.set('BTC', price / 10);
    const ask = { market: 'BTC_USDC_PERP', side: Side.Ask, lots: 5_000, ticks: price + 10 };
    const rested = await venue.place(maker, ask);
    await venue.place(maker, { ...ask, side: Side.Bid, ticks: price - 50 });
    await venue.place(taker, { ...ask, side: Side.Bid, lots: 2_000 });
    if (second % 3 === 0) await venue.cancel(maker, 'BTC_USDC_PERP', rested.result[2] ?? 0);
    await venue.as(taker, 'cancelAllOrders', { market: venue.market('BTC_USDC_PERP') });
    await venue.passSeconds(1);
  }
}

function publicKeyOf(tag: number, number: number): Uint8Array {
  const key = new Uint8Array(32).fill(number);
  new DataView(key.buffer).setUint32(0, tag);
  return key;
}
