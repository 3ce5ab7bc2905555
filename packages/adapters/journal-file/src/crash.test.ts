import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { commitFrameOf, JournalIoFault, SnapshotStoreFault } from '@mochila/ports';
import { powerLossFileSystem } from '@mochila/testkit';
import { asSeq } from '@mochila/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JournalFile } from './journal-file.ts';
import { nodeFileSystem } from './node-file-system.ts';
import { SnapshotFiles } from './snapshot-files.ts';
import { makeTemporaryDirectory } from './temporary-directory.ts';

/** A small generator of numbers from 0 up to 1, so that a failure can be repeated from its seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}

function bytesFor(seq: number): Uint8Array {
  return new Uint8Array((seq * 37) % 1500).fill(seq);
}

describe('a machine that loses power', () => {
  it('finds every acknowledged record, and nothing that was not given', () => {
    const outages = fc.array(fc.record({ afterOperations: fc.nat(30), seed: fc.integer() }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(outages, fc.constantFrom(1500, 1_000_000), (plan, segmentBytes) => {
        const directory = makeTemporaryDirectory();
        const fileSystem = powerLossFileSystem(nodeFileSystem);
        let acknowledged = 0;
        for (const { afterOperations, seed } of plan) {
          const journal = new JournalFile({ directory: directory.path, venueId: 'power', segmentBytes, fileSystem });
          fileSystem.losePowerAfter(afterOperations);
          let given = acknowledged;
          try {
            const { nextSeq } = journal.open();
            acknowledged = nextSeq - 1;
            for (let seq: number = nextSeq; ; seq += 2) {
              given = seq + 1;
              journal.append(commitFrameOf(seq, seq, [bytesFor(seq), bytesFor(seq + 1)]));
              acknowledged = seq + 1;
            }
          } catch (error) {
            if (!(error instanceof JournalIoFault)) throw error;
          }
          journal.close();
          fileSystem.restorePower(randomFrom(seed));
          const after = new JournalFile({ directory: directory.path, venueId: 'power', openChecks: 'all-segments' });
          const { nextSeq } = after.open();
          expect(nextSeq - 1).toBeGreaterThanOrEqual(acknowledged);
          expect(nextSeq - 1).toBeLessThanOrEqual(given);
          for (const record of after.read(1)) expect(Buffer.compare(record.bytes, bytesFor(record.seq))).toBe(0);
          after.close();
          acknowledged = nextSeq - 1;
        }
        directory.remove();
      }),
      { numRuns: 150, seed: 19 },
    );
  });

  it('after a process was killed keeps what the next process found', () => {
    const directory = makeTemporaryDirectory();
    const fileSystem = powerLossFileSystem(nodeFileSystem);
    const killed = new JournalFile({ directory: directory.path, venueId: 'power', fileSystem });
    killed.open();
    killed.append(commitFrameOf(1, 1, [bytesFor(1)]));
    // Two writes reach the page cache, and then the process is gone before it can synchronise.
    fileSystem.losePowerAfter(2);
    expect(() => killed.append(commitFrameOf(2, 2, [bytesFor(2)]))).toThrow(JournalIoFault);
    killed.close();
    fileSystem.losePowerAfter(Number.POSITIVE_INFINITY);
    const next = new JournalFile({ directory: directory.path, venueId: 'power', fileSystem });
    expect(next.open().nextSeq).toBe(3);
    next.close();
    fileSystem.restorePower(() => 0);
    const last = new JournalFile({ directory: directory.path, venueId: 'power' });
    expect(last.open().nextSeq).toBe(3);
    last.close();
    directory.remove();
  });

  it('finds the last snapshot that was stored, whole', () => {
    const outage = fc.record({ afterOperations: fc.nat(25), seed: fc.integer() });
    fc.assert(
      fc.property(outage, ({ afterOperations, seed }) => {
        const directory = makeTemporaryDirectory();
        const fileSystem = powerLossFileSystem(nodeFileSystem);
        const store = new SnapshotFiles({ directory: directory.path, venueId: 'power', fileSystem });
        fileSystem.losePowerAfter(afterOperations);
        let stored = 0;
        try {
          for (let seq = 1; ; seq++) {
            store.write({ seq: asSeq(seq), stateHash: Uint8Array.of(seq), bytes: bytesFor(seq) });
            stored = seq;
          }
        } catch (error) {
          if (!(error instanceof SnapshotStoreFault)) throw error;
        }
        fileSystem.restorePower(randomFrom(seed));
        const { snapshot, damaged } = new SnapshotFiles({ directory: directory.path, venueId: 'power' }).readLatest();
        expect(damaged).toEqual([]);
        expect([stored, stored + 1]).toContain(snapshot?.seq ?? 0);
        if (snapshot !== undefined) expect(Buffer.compare(snapshot.bytes, bytesFor(snapshot.seq))).toBe(0);
        directory.remove();
      }),
      { numRuns: 100, seed: 23 },
    );
  });
});

describe('a process that is killed', () => {
  const writerScript = `
    const [indexUrl, portsUrl, directory] = process.argv.slice(1);
    const { JournalFile } = await import(indexUrl);
    const { commitFrameOf } = await import(portsUrl);
    const { writeSync } = await import('node:fs');
    const journal = new JournalFile({ directory, venueId: 'kill', segmentBytes: 20_000 });
    for (let seq = journal.open().nextSeq; ; seq += 2) {
      journal.append(commitFrameOf(seq, seq, [seq, seq + 1].map((s) => new Uint8Array((s * 37) % 1500).fill(s))));
      writeSync(1, seq + 1 + '\\n');
    }
  `;

  it('leaves every acknowledged record behind, time after time', async () => {
    const directory = makeTemporaryDirectory();
    const indexUrl = new URL('./index.ts', import.meta.url).href;
    let known = 0;
    for (let round = 0; round < 8; round++) {
      const args = ['--input-type=module', '-e', writerScript, indexUrl, import.meta.resolve('@mochila/ports'), directory.path];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      let output = '';
      child.stdout.on('data', (chunk) => {
        output += chunk;
        // Killed at another moment each round, in the middle of what it is doing.
        if (output.length > 20 + round * 97) child.kill('SIGKILL');
      });
      await once(child, 'close');
      const acknowledged = Number(output.slice(0, output.lastIndexOf('\n')).split('\n').at(-1));
      expect(acknowledged).toBeGreaterThan(known);
      const journal = new JournalFile({ directory: directory.path, venueId: 'kill', openChecks: 'all-segments' });
      known = journal.open().nextSeq - 1;
      expect(known).toBeGreaterThanOrEqual(acknowledged);
      for (const record of journal.read(1)) expect(Buffer.compare(record.bytes, bytesFor(record.seq))).toBe(0);
      journal.close();
    }
    directory.remove();
  });
});
