/** S10: replicas that differ after a deployment. Two builds read one journal, and the state hash tells them apart before the gate opens. */

import type { StateVerification } from '@mochila/runtime';
import { asSeq } from '@mochila/units';
import type { Random } from '../random.ts';
import type { Play, Scenario } from '../scenario.ts';
import { inDirectory } from '../stored/in-directory.ts';
import { openSnapshots, type StoredVenue, storeJournal } from '../stored/store-journal.ts';
import { type BuildChange, verifyByBuild } from '../stored/verify-by-build.ts';
import { stateHash } from '../venue/command-log.ts';
import { House, Tape } from '../world/house.ts';
import { marketOf } from '../world/lookup.ts';
import { factorAt } from '../world/path.ts';
import { openPosition } from '../world/population.ts';

const SIZES = { full: { longs: 2_000 }, short: { longs: 40 } };
const FIRST_USD = 100_000;
const FALL = [
  { second: 40, factor: 1 },
  { second: 100, factor: 0.9 },
];
const SECONDS = 160;
const SNAPSHOT_EVERY_SECONDS = 20;
/** Accounts leave liquidation a little later: nothing is different until the first one does. */
const CHANGE: BuildChange = {
  file: '/packages/math/src/health.ts',
  from: 'LIQUIDATION_END_RATIO = 1.1',
  to: 'LIQUIDATION_END_RATIO = 1.101',
};

/** The scenario. */
export const twoBuilds: Scenario = {
  id: 'S10',
  title: 'Replicas that differ after a deployment',
  day: 'A new build decides one thing differently: when an account has been liquidated enough, by a thousandth of its margin. It is given the journal and the snapshots of a day with a fall in it before it may serve anybody.',
  notCompared:
    'What differs between the two builds is a rule of liquidation, found by the hash of all state: the engine without price layers would be a third build, refused in the same way.',
  play: async ({ form, random, open }) => {
    const { longs } = SIZES[form];
    const coins = [{ symbol: 'BTC', usd: FIRST_USD, kind: 'major' as const, markets: 'perp' as const }];
    const play = open({ coins, accounts: longs + 16, orders: 4_096, rowsPerAccount: 4, fundUsdc: 5_000_000 });
    await inDirectory((directory) => {
      const stored = { directory, venueId: play.venue.genesis.venueId };
      const kept = liveDay(play, random, longs, stored);
      if (play.venue.log === null) throw new Error('a play keeps its commands');
      storeJournal(play.venue.log, stored);
      judge(play, kept, verifyByBuild(stored, null), verifyByBuild(stored, CHANGE));
    });
  },
};

/** The day, and a snapshot now and then. @returns how many. */
function liveDay(play: Play, random: Random, longs: number, stored: StoredVenue): { count: number; beforeFlags: number } {
  const { venue } = play;
  const house = new House(venue, marketOf(venue, 'BTC_USDC_PERP').ix, 2e9);
  const tape = new Tape(venue, 1e6);
  const snapshots = openSnapshots(stored);
  let count = 0;
  let beforeFlags = 0;
  play.second();
  for (let at = 0; at < longs; at += 1) {
    const person = venue.person();
    const usd = random.between(500, 20_000);
    venue.deposit(person, venue.state.usdc, Math.floor(usd * 1e6));
    openPosition(venue, house, person, { usd: usd * random.between(8, 16), isLong: true });
  }
  for (let second = 0; second < SECONDS; second += 1) {
    venue.usd[1] = FIRST_USD * factorAt(FALL, second);
    house.quote(venue.usd[1], { usd: 10e6, reach: 0.01, levels: 10, halfSpread: 0.0002 });
    tape.print(house.market);
    play.second();
    if (second % SNAPSHOT_EVERY_SECONDS !== 0) continue;
    const bytes = venue.snapshot();
    snapshots.write({ seq: asSeq(venue.state.seq), stateHash: Buffer.from(stateHash(bytes), 'hex'), bytes });
    count += 1;
    if (play.recorder.flags.length === 0) beforeFlags += 1;
  }
  return { count, beforeFlags };
}

function judge(play: Play, kept: { count: number; beforeFlags: number }, same: StateVerification, other: StateVerification): void {
  const present = stateHash(play.venue.snapshot());
  play.check(
    'the build that wrote the journal passes the gate',
    same.isSound && same.stateHash === present && same.snapshotsChecked.length === kept.count,
    `${same.commands} commands, ${kept.count} snapshots, state ${same.stateHash.slice(0, 16)}`,
  );
  const agreed = other.snapshotsChecked.filter(({ isSame }) => isSame).length;
  const first = other.snapshotsChecked.find(({ isSame }) => !isSame);
  play.check(
    'the other build is found by its state hash and not let in',
    !other.isSound && other.stateHash !== present,
    `it gives ${other.stateHash.slice(0, 16)} for the same commands, the venue has ${present.slice(0, 16)}`,
  );
  play.check(
    'until it matters both are the same',
    agreed >= kept.beforeFlags && kept.beforeFlags > 0 && agreed < kept.count,
    `${agreed} snapshots agree, ${kept.beforeFlags} of them from before the first liquidation`,
  );
  play.check(
    'the gate says where they part',
    first !== undefined && first.reason !== '',
    `snapshot ${first?.seq}: ${first?.reason}; recorded ${first?.recordedHash.slice(0, 16)}, replayed ${first?.replayedHash.slice(0, 16)}`,
  );
  play.figure('what differs', `${CHANGE.from} in one build, ${CHANGE.to} in the other`);
}
