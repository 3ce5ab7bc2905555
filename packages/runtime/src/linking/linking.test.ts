import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Stored } from '../recovery/recover.ts';
import { liveForAWhile, livelyStorage, openLivelyVenue } from '../testing/lively-venue.ts';
import * as modules from '../testing/replay-digest.ts';
import { makeDirectory } from '../testing/start-test-venue.ts';
import { importLinked } from './import-linked.ts';
import { stackInModules } from './line-map.ts';
import { linkModules } from './link-modules.ts';

const ENTRY = new URL('../testing/replay-digest.ts', import.meta.url);

describe('modules linked into one script', () => {
  const directory = makeDirectory();
  const refused: string[] = [];
  let linked: typeof modules;
  beforeAll(async () => {
    linked = await importLinked<typeof modules>(ENTRY, (reason) => refused.push(reason));
  });

  afterAll(() => directory.remove());

  it('are another copy of the code, from one script', () => {
    expect(refused).toEqual([]);
    expect(linked.replayDigest).not.toBe(modules.replayDigest);
    expect(linked.replayDigest.toString()).toContain('eventCount += batch.events.length');
  });

  it('give the same state and the same events for a journal, to the last bit', async () => {
    const lively = openLivelyVenue(directory.path);
    await liveForAWhile(lively, 1);
    lively.link.close();
    const ofModules = modules.replayDigest(storedIn(directory.path));
    expect(ofModules.eventCount).toBeGreaterThan(200);
    expect(linked.replayDigest(storedIn(directory.path))).toEqual(ofModules);
  });

  it('run in strict mode, know where they stand, and keep the names of their functions in the stacks of errors', () => {
    const { isStrict } = linked;
    expect(isStrict()).toBe(true);
    expect(linked.place).toBe(ENTRY.href);
    expect(linked.stackHere()).toMatch(/at .*stackHere \(linked:/);
  });

  it('tell the stacks of errors in places of the modules', async () => {
    const script = await linkModules(ENTRY);
    const [place] = /replay-digest\.ts:\d+:\d+/.exec(modules.stackHere()) ?? ['nowhere'];
    const stack = linked.stackHere();
    expect(stackInModules(stack, script)).toContain(`stackHere (${new URL('.', ENTRY).href}${place})`);
    expect(stackInModules(stack, 'a script without a map')).toBe(stack);
  });
});

it('modules that cannot be linked are refused with the reason, and imported as they are', async () => {
  const entry = new URL('../testing/waits-at-top.ts', import.meta.url);
  await expect(linkModules(entry)).rejects.toThrow(/top-level await/i);
  const reasons: string[] = [];
  const { waited } = await importLinked<typeof import('../testing/waits-at-top.ts')>(entry, (reason) => reasons.push(reason));
  expect(waited).toBe(true);
  expect(reasons).toEqual([expect.stringMatching(/top-level await/i)]);
});

it('a module that is not there is refused with its name', async () => {
  await expect(linkModules(new URL('./nowhere.ts', import.meta.url))).rejects.toThrow('nowhere.ts');
});

function storedIn(directory: string): Stored {
  const storage = livelyStorage(directory);
  const journal = storage.createJournal(true);
  const lastSeq = journal.open().nextSeq - 1;
  return { journal, snapshots: storage.createSnapshots(), lastSeq };
}
