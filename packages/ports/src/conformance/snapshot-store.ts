/** What every `SnapshotStore` must do; run it in the tests of an implementation. */

import { asSeq } from '@mochila/units';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Snapshot, SnapshotStore } from '../snapshot-store.ts';

/** Storage of one test. */
export interface SnapshotStoreHarness {
  /** Makes a store over the same storage at each call. */
  create(): SnapshotStore;
  /** Spoils the contents of the snapshot with this sequence, as a failing disk would. */
  damage(seq: number): void;
  /** Removes the storage. */
  cleanUp(): void;
}

/**
 * Describes the behaviour of a snapshot store.
 * @param name of the implementation
 * @param setUp makes empty storage, for one test
 */
export function describeSnapshotStore(name: string, setUp: () => SnapshotStoreHarness): void {
  describe(`${name} as a SnapshotStore`, () => {
    let harness: SnapshotStoreHarness;
    let store: SnapshotStore;

    beforeEach(() => {
      harness = setUp();
      store = harness.create();
    });

    afterEach(() => harness.cleanUp());

    it('has nothing at first', () => {
      expect(store.list()).toEqual([]);
      expect(store.readLatest()).toEqual({ snapshot: undefined, damaged: [] });
      expect(store.prune({ newestCount: 3 })).toEqual([]);
    });

    it('returns what was stored, in a later process too', () => {
      store.write(snapshotOf(12, 'twelve'));
      const { snapshot, damaged } = harness.create().readLatest();
      expect(damaged).toEqual([]);
      expect(snapshot?.seq).toBe(12);
      expect(Buffer.from(snapshot?.bytes ?? []).toString()).toBe('twelve');
      expect(Buffer.from(snapshot?.stateHash ?? []).toString('hex')).toBe('0c'.repeat(32));
    });

    it('takes an empty snapshot and one of some megabytes', () => {
      const large = new Uint8Array(3_000_001).map((_, i) => i * 7);
      store.write(snapshotOf(0, ''));
      store.write({ seq: asSeq(2 ** 52), stateHash: Uint8Array.of(1), bytes: large });
      expect(Buffer.compare(store.readLatest().snapshot?.bytes ?? new Uint8Array(), large)).toBe(0);
      expect(store.readLatest(0).snapshot?.bytes).toHaveLength(0);
    });

    it('lists the newest first', () => {
      for (const seq of [20, 5, 100]) store.write(snapshotOf(seq, 'abc'));
      expect(store.list().map((info) => info.seq)).toEqual([100, 20, 5]);
      expect(store.list().every((info) => info.byteLength >= 3)).toBe(true);
    });

    it('reads the newest at or below a sequence', () => {
      for (const seq of [5, 20, 100]) store.write(snapshotOf(seq, 'abc'));
      const found = [4, 5, 19, 20, 99, 100, 101].map((atMost) => store.readLatest(atMost).snapshot?.seq);
      expect(found).toEqual([undefined, 5, 5, 20, 20, 100, 100]);
    });

    it('replaces a snapshot of the same sequence', () => {
      store.write(snapshotOf(5, 'old'));
      store.write(snapshotOf(5, 'new'));
      expect(store.list()).toHaveLength(1);
      expect(Buffer.from(store.readLatest().snapshot?.bytes ?? []).toString()).toBe('new');
    });

    it('passes over damaged snapshots and names them', () => {
      for (const seq of [5, 20, 100]) store.write(snapshotOf(seq, 'abc'));
      harness.damage(100);
      const { snapshot, damaged } = store.readLatest();
      expect(snapshot?.seq).toBe(20);
      expect(damaged.map((damage) => damage.seq)).toEqual([100]);
      expect(damaged[0]?.reason).not.toBe('');
      expect(store.readLatest(20).damaged).toEqual([]);
    });

    it('keeps the newest, and the one that a wanted sequence is replayed from', () => {
      const seqs = [10, 20, 30, 40, 50];
      for (const seq of seqs) store.write(snapshotOf(seq, 'abc'));
      expect(store.prune({ newestCount: 3, keepFromSeq: 15 }).map((info) => info.seq)).toEqual([20]);
      expect(store.list().map((info) => info.seq)).toEqual([50, 40, 30, 10]);
      expect(store.prune({ newestCount: 3 }).map((info) => info.seq)).toEqual([10]);
      expect(store.prune({ newestCount: 3, keepFromSeq: 1 })).toEqual([]);
    });

    it('refuses to keep none', () => {
      expect(() => store.prune({ newestCount: 0 })).toThrow(RangeError);
    });
  });
}

function snapshotOf(seq: number, text: string): Snapshot {
  return { seq: asSeq(seq), stateHash: new Uint8Array(32).fill(seq), bytes: new TextEncoder().encode(text) };
}
