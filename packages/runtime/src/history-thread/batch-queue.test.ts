import type { EventBatch } from '@mochila/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import { encodeBatch } from '../batch/encode-batch.ts';
import { liveForAWhile, openLivelyVenue } from '../testing/lively-venue.ts';
import { makeDirectory } from '../testing/start-test-venue.ts';
import { BatchQueue } from './batch-queue.ts';

const ROOM = 1 << 24;

/** What a venue told that lived for a while. */
let told: EventBatch[];
beforeAll(async () => {
  const directory = makeDirectory();
  const lively = openLivelyVenue(directory.path);
  told = [];
  lively.link.follow((batch) => told.push(structuredClone(batch)));
  await liveForAWhile(lively, 1);
  lively.link.close();
  directory.remove();
  expect(told.flatMap(({ events }) => events).length).toBeGreaterThan(200);
});

function queueOf(batches: readonly EventBatch[], room = ROOM): BatchQueue {
  const queue = new BatchQueue(room);
  for (const batch of batches) expect(queue.push(encodeBatch(batch))).toBe(true);
  return queue;
}

describe('batches that wait as words', () => {
  it('come out as they were told, in order, and more may come while they are read', () => {
    const [first, later] = [told.slice(0, told.length >> 1), told.slice(told.length >> 1)];
    const queue = queueOf(first);
    expect([queue.length, queue.firstSeq]).toEqual([first.length, first[0]?.seq]);
    const read: EventBatch[] = [];
    for (const batch of queue.take()) {
      const next = later[read.length];
      if (next !== undefined) queue.push(encodeBatch(next));
      read.push(batch);
    }
    expect(read).toEqual(first);
    expect([...queue.take()]).toEqual(later.slice(0, first.length));
    expect([queue.length, queue.firstSeq, [...queue.take()]]).toEqual([0, Number.POSITIVE_INFINITY, []]);
  });

  it('have room for more than it began with, and none when they are let go', () => {
    const many = Array.from({ length: 40 }, () => told).flat();
    const queue = queueOf(many);
    expect([...queue.take()]).toEqual(many);
    const again = queueOf(many);
    again.clear();
    expect([again.length, again.firstSeq]).toEqual([0, Number.POSITIVE_INFINITY]);
    for (const batch of told) again.push(encodeBatch(batch));
    expect([...again.take()]).toEqual(told);
  });

  it('let go of the memory of a burst once it is over', () => {
    const queue = queueOf([]);
    const [one] = told;
    if (one === undefined) throw new Error('one was told');
    const pass = (batches: readonly EventBatch[]): void => {
      for (const batch of batches) queue.push(encodeBatch(batch));
      expect([...queue.take()]).toEqual(batches);
    };
    pass([one]);
    const atFirst = queue.heldWords;
    const burst = Array.from({ length: 40 }, () => told).flat();
    for (const batches of [burst, burst]) pass(batches);
    expect(queue.heldWords).toBeGreaterThan(2 * atFirst);
    for (const batches of [[one], [one]]) pass(batches);
    expect(queue.heldWords).toBe(atFirst);
  });

  it('find no room beyond the bound, but for one that waits alone', () => {
    const [one, other] = told;
    if (one === undefined || other === undefined) throw new Error('two were told');
    const words = encodeBatch(one);
    const queue = new BatchQueue(words.length);
    expect([queue.push(words), queue.push(encodeBatch(other))]).toEqual([true, false]);
    expect([...queue.take()]).toEqual([one]);
    expect(new BatchQueue(1).push(words)).toBe(true);
  });
});
