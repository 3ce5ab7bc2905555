import fs from 'node:fs';
import path from 'node:path';
import { CommitFrameBuilder, JournalCorrupt } from '@mochila/ports';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JournalFile } from './journal-file.ts';
import { makeTemporaryDirectory } from './temporary-directory.ts';

/**
 * Damages a small journal of two segments in every way of a class, and reads it. Whatever happens, the answer is a prefix
 * of what was written (with a report of what was cut) or `JournalCorrupt`; never other data.
 */

const FRAMES = [['one', 'two'], ['three'], ['', 'a somewhat longer fifth'], ['six', 'seven', 'eight']];
const WRITTEN = FRAMES.flat();

let original: ReturnType<typeof makeTemporaryDirectory>;
let damaged: ReturnType<typeof makeTemporaryDirectory>;
let files: { name: string; bytes: Buffer }[];

beforeAll(() => {
  original = makeTemporaryDirectory();
  damaged = makeTemporaryDirectory();
  const journal = new JournalFile({ directory: original.path, venueId: 'damage', segmentBytes: 400 });
  journal.open();
  let seq = 1;
  for (const frame of FRAMES) {
    const builder = new CommitFrameBuilder();
    for (const text of frame) builder.tryAdd(seq, 1000 + seq++, Buffer.from(text));
    journal.append(builder.frame());
  }
  journal.close();
  files = fs
    .readdirSync(original.path)
    .sort()
    .map((name) => ({ name, bytes: fs.readFileSync(path.join(original.path, name)) }));
  expect(files).toHaveLength(2);
});

afterAll(() => {
  original.remove();
  damaged.remove();
});

/** What came out of a damaged journal. */
type Outcome =
  | { readonly kind: 'corrupt'; readonly seq: number }
  | { readonly kind: 'read'; readonly count: number; readonly cutBytes: number };

/** Opens and reads the journal with file `ix` replaced, and checks that nothing wrong comes out. */
function readDamaged(ix: number, bytes: Buffer): Outcome {
  files.forEach((file, i) => {
    fs.writeFileSync(path.join(damaged.path, file.name), i === ix ? bytes : file.bytes);
  });
  const journal = new JournalFile({ directory: damaged.path, venueId: 'damage', segmentBytes: 400 });
  const read: string[] = [];
  try {
    const { report, nextSeq } = journal.open();
    for (const record of journal.read(1)) {
      expect(record).toMatchObject({ seq: read.length + 1, timeMicros: 1001 + read.length });
      read.push(Buffer.from(record.bytes).toString());
    }
    expect(read).toHaveLength(nextSeq - 1);
    expect(report.cutFromSeq).toBe(report.cutBytes > 0 ? nextSeq : 0);
    return { kind: 'read', count: read.length, cutBytes: report.cutBytes };
  } catch (error) {
    if (!(error instanceof JournalCorrupt)) throw error;
    return { kind: 'corrupt', seq: error.position.seq };
  } finally {
    journal.close();
    expect(read).toEqual(WRITTEN.slice(0, read.length));
  }
}

function fileBytes(ix: number): Buffer {
  const file = files[ix];
  if (file === undefined) throw new Error(`no file ${ix}`);
  return file.bytes;
}

/** Records before each frame that starts at or after this offset of the last segment. */
function frameStarts(bytes: Buffer): number[] {
  const starts = [128];
  for (let at = 128; at < bytes.length; ) {
    at += 64 + bytes.readUInt32LE(at + 8);
    starts.push(at);
  }
  return starts;
}

describe('a journal cut short', () => {
  it('at any byte of the last segment keeps all whole frames and reports the rest', () => {
    const bytes = fileBytes(1);
    const starts = frameStarts(bytes);
    for (let size = 0; size < bytes.length; size++) {
      const outcome = readDamaged(1, bytes.subarray(0, size));
      if (size < 128) {
        expect(outcome.kind).toBe('corrupt');
        continue;
      }
      const whole = starts.filter((start) => start <= size);
      const end = whole.at(-1) ?? 0;
      const before = readDamaged(1, bytes.subarray(0, end));
      expect(outcome).toEqual({ ...before, cutBytes: size - end });
      expect(before.kind).toBe('read');
    }
  });

  it('at any byte of an earlier segment is corrupt', () => {
    const bytes = fileBytes(0);
    for (let size = 0; size < bytes.length; size++) expect(readDamaged(0, bytes.subarray(0, size)).kind).toBe('corrupt');
  });
});

describe('a journal with a flipped bit', () => {
  it('anywhere in an earlier segment is corrupt', () => {
    const bytes = fileBytes(0);
    for (let bit = 0; bit < bytes.length * 8; bit++) expect(readDamaged(0, flip(bytes, bit)).kind).toBe('corrupt');
  });

  it('in the last segment is corrupt, but in the last frame that frame is cut and reported', () => {
    const bytes = fileBytes(1);
    const lastFrame = frameStarts(bytes).at(-2) ?? 0;
    const intact = readDamaged(1, bytes);
    expect(intact).toEqual({ kind: 'read', count: WRITTEN.length, cutBytes: 0 });
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const outcome = readDamaged(1, flip(bytes, bit));
      if (bit < lastFrame * 8) expect(outcome.kind).toBe('corrupt');
      else if (outcome.kind === 'read') expect(outcome).toEqual({ kind: 'read', count: 5, cutBytes: bytes.length - lastFrame });
    }
  });
});

describe('a journal with any damage', () => {
  it('gives a prefix or says that it is corrupt', () => {
    const patch = fc.record({ at: fc.nat(), bytes: fc.uint8Array({ minLength: 1, maxLength: 64 }) });
    const change = fc.record({
      ix: fc.nat(1),
      patches: fc.array(patch, { maxLength: 3 }),
      size: fc.option(fc.nat(700)),
      tail: fc.uint8Array({ maxLength: 200 }),
    });
    fc.assert(
      fc.property(change, ({ ix, patches, size, tail }) => {
        const bytes = Buffer.concat([fileBytes(ix).subarray(0, size ?? 700), tail]);
        for (const { at, bytes: replacement } of patches)
          bytes.set(replacement.subarray(0, Math.max(0, bytes.length - (at % 600))), Math.min(at % 600, bytes.length));
        expect(['corrupt', 'read']).toContain(readDamaged(ix, bytes).kind);
      }),
      { numRuns: 1500, seed: 11 },
    );
  });

  it('gives a prefix when frames are swapped, doubled or dropped', () => {
    const bytes = fileBytes(1);
    const starts = frameStarts(bytes);
    const frames = starts.slice(0, -1).map((start, i) => bytes.subarray(start, starts[i + 1]));
    fc.assert(
      fc.property(fc.array(fc.nat(frames.length - 1), { maxLength: 5 }), (order) => {
        const shuffled = order.map((i) => frames[i] ?? Buffer.alloc(0));
        const outcome = readDamaged(1, Buffer.concat([bytes.subarray(0, 128), ...shuffled]));
        const isPrefix = order.every((value, i) => value === i);
        expect(outcome.kind).toBe(isPrefix ? 'read' : 'corrupt');
      }),
      { numRuns: 200, seed: 3 },
    );
  });
});

function flip(bytes: Buffer, bit: number): Buffer {
  const flipped = Buffer.from(bytes);
  flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  return flipped;
}
