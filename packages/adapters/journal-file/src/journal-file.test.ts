import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { commitFrameOf, JournalCorrupt, JournalFull, JournalIoFault, JournalLocked, JournalMismatch } from '@mochila/ports';
import { faultyFileSystem } from '@mochila/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JournalFile, type JournalFileOptions } from './journal-file.ts';
import { LOCK_NAME } from './lock-file.ts';
import { nodeFileSystem } from './node-file-system.ts';
import { segmentName } from './segment-header.ts';
import { makeTemporaryDirectory } from './temporary-directory.ts';

/** Size of a frame of one record "record N": the header, the record's prefix, eight bytes. */
const FRAME_BYTES = 64 + 8 + 8;

/** How a lack of space may be told. */
const FULL = [
  ['syncData', 'ENOSPC'],
  ['syncData', 'EDQUOT'],
  ['write', 'EFBIG'],
] as const;

let directory: ReturnType<typeof makeTemporaryDirectory>;
let opened: JournalFile[];

beforeEach(() => {
  directory = makeTemporaryDirectory();
  opened = [];
});

afterEach(() => {
  for (const journal of opened) journal.close();
  directory.remove();
});

function create(options: Partial<JournalFileOptions> = {}): JournalFile {
  const journal = new JournalFile({ directory: directory.path, venueId: 'test', ...options });
  opened.push(journal);
  return journal;
}

function frameOf(seq: number, text = `record ${seq}`) {
  return commitFrameOf(seq, seq, [new TextEncoder().encode(text)]);
}

function texts(journal: JournalFile, fromSeq = 1): string[] {
  return [...journal.read(fromSeq)].map((record) => new TextDecoder().decode(record.bytes));
}

function openWith(frameCount: number, options: Partial<JournalFileOptions> = {}): JournalFile {
  const journal = create(options);
  journal.open();
  for (let seq = 1; seq <= frameCount; seq++) journal.append(frameOf(seq));
  return journal;
}

describe('segments', () => {
  it('are begun when the next frame does not fit, and named after their first sequence', () => {
    const journal = openWith(8, { segmentBytes: 400 });
    const names = fs.readdirSync(directory.path).filter((name) => name !== LOCK_NAME);
    // 128 bytes of header leave room for three frames of 80 bytes.
    expect(names).toEqual([segmentName(1), segmentName(4), segmentName(7)]);
    expect(texts(journal, 3)).toEqual([3, 4, 5, 6, 7, 8].map((seq) => `record ${seq}`));
    expect(journal.verify()).toMatchObject({ segmentCount: 3, frameCount: 8, nextSeq: 9 });
  });

  it('hold a frame that is larger than they are', () => {
    const journal = create({ segmentBytes: 400 });
    journal.open();
    journal.append(frameOf(1, 'x'.repeat(5000)));
    journal.append(frameOf(2));
    expect(texts(journal, 2)).toEqual(['record 2']);
    expect(journal.verify().segmentCount).toBe(2);
  });

  it('left unfinished by a crash are removed at open', () => {
    openWith(2).close();
    fs.writeFileSync(path.join(directory.path, `${segmentName(3)}.new`), 'half a header');
    expect(create().open().nextSeq).toBe(3);
    expect(fs.readdirSync(directory.path)).not.toContain(`${segmentName(3)}.new`);
  });

  it('may be moved away from the front: the journal then starts later', () => {
    openWith(8, { segmentBytes: 400 }).close();
    fs.rmSync(path.join(directory.path, segmentName(1)));
    const journal = create();
    expect(journal.open()).toMatchObject({ firstSeq: 4, nextSeq: 9 });
    expect(() => texts(journal, 3)).toThrow(RangeError);
    expect(texts(journal, 8)).toEqual(['record 8']);
  });

  it('must not be missing in the middle', () => {
    openWith(8, { segmentBytes: 400 }).close();
    fs.rmSync(path.join(directory.path, segmentName(4)));
    const journal = create();
    journal.open();
    expect(() => texts(journal)).toThrow(/sequences 4 to 6 are missing/);
    journal.close();
    expect(() => create({ openChecks: 'all-segments' }).open()).toThrow(JournalCorrupt);
  });

  it('of another venue are refused', () => {
    openWith(1).close();
    expect(() => create({ venueId: 'other' }).open()).toThrow(JournalMismatch);
    expect(() => create({ venueId: 'other' }).open()).toThrow('"test", not of "other"');
  });

  it('from another journal of the same venue break the chain', () => {
    openWith(8, { segmentBytes: 400 }).close();
    const foreign = makeTemporaryDirectory();
    const other = new JournalFile({ directory: foreign.path, venueId: 'test', segmentBytes: 400 });
    other.open();
    for (let seq = 1; seq <= 8; seq++) other.append(commitFrameOf(seq, seq, [new TextEncoder().encode(`forged ${seq}`)]));
    other.close();
    fs.copyFileSync(path.join(foreign.path, segmentName(4)), path.join(directory.path, segmentName(4)));
    foreign.remove();
    expect(() => create({ openChecks: 'all-segments' }).open()).toThrow(/hash chain is broken/);
  });
});

describe('an unfinished end', () => {
  it('is cut and reported', () => {
    openWith(3).close();
    const file = path.join(directory.path, segmentName(1));
    const size = fs.statSync(file).size;
    fs.truncateSync(file, size - 5);
    const journal = create();
    const { nextSeq, report } = journal.open();
    expect(nextSeq).toBe(3);
    expect(report).toMatchObject({ cutFromSeq: 3, cutFile: file, cutOffset: fs.statSync(file).size });
    expect(report.cutBytes).toBe(size - 5 - report.cutOffset);
    journal.append(frameOf(3, 'again'));
    expect(texts(journal)).toEqual(['record 1', 'record 2', 'again']);
  });

  it('is only reported when the journal is read-only', () => {
    openWith(3).close();
    const file = path.join(directory.path, segmentName(1));
    fs.truncateSync(file, fs.statSync(file).size - 5);
    const before = fs.readFileSync(file);
    const journal = create({ isReadOnly: true });
    expect(journal.open().report.cutFromSeq).toBe(3);
    expect(texts(journal)).toEqual(['record 1', 'record 2']);
    expect(() => journal.append(frameOf(3))).toThrow('read-only');
    expect(fs.readFileSync(file).equals(before)).toBe(true);
  });

  it('longer than any frame is damage, and is left alone', () => {
    openWith(3).close();
    const file = path.join(directory.path, segmentName(1));
    fs.truncateSync(file, 17 * 1024 * 1024);
    expect(() => create().open()).toThrow(/more than one unfinished frame can be/);
    expect(fs.statSync(file).size).toBe(17 * 1024 * 1024);
  });

  it('with a frame inside that a client sent is still cut', () => {
    const victim = openWith(2);
    const file = path.join(directory.path, segmentName(1));
    victim.close();
    // A client that knew the format would send a whole later frame as the text of a command.
    const forged = makeTemporaryDirectory();
    const source = new JournalFile({ directory: forged.path, venueId: 'test' });
    source.open();
    source.append(
      commitFrameOf(
        1,
        1,
        Array.from({ length: 9 }, () => Uint8Array.of(1)),
      ),
    );
    source.append(frameOf(10, 'forged'));
    source.close();
    const frame = fs.readFileSync(path.join(forged.path, segmentName(1))).subarray(128 + 64 + 9 * 16);
    forged.remove();
    const journal = create();
    journal.open();
    journal.append(commitFrameOf(3, 3, [new Uint8Array(frame), new Uint8Array(100)]));
    journal.close();
    fs.truncateSync(file, fs.statSync(file).size - 8);
    expect(create().open().report.cutFromSeq).toBe(3);
  });
});

describe('damage', () => {
  it('in the middle stops with file, offset, sequence and the way out', () => {
    openWith(3).close();
    const file = path.join(directory.path, segmentName(1));
    const bytes = fs.readFileSync(file);
    const offset = 128 + FRAME_BYTES;
    bytes.writeUInt8(bytes.readUInt8(offset + 70) ^ 1, offset + 70);
    fs.writeFileSync(file, bytes);
    const error = catchFrom(() => create().open());
    if (!(error instanceof JournalCorrupt)) throw error;
    expect(error.position).toEqual({ file, offset, seq: 2 });
    expect(error.howToRecover).toContain(`truncate -s ${offset} ${file}`);
    expect(fs.readFileSync(file).equals(bytes)).toBe(true);
  });

  it('of the last two frames is more than an unfinished one', () => {
    openWith(3).close();
    const file = path.join(directory.path, segmentName(1));
    const bytes = fs.readFileSync(file);
    for (const frame of [1, 2]) bytes.writeUInt8(255, 128 + frame * FRAME_BYTES + 75);
    fs.writeFileSync(file, bytes);
    expect(() => create().open()).toThrow(JournalCorrupt);
  });

  it('that was given a right checksum breaks the hash chain', () => {
    openWith(3).close();
    const file = path.join(directory.path, segmentName(1));
    const bytes = fs.readFileSync(file);
    const salt = bytes.readUInt32LE(64);
    const frame = bytes.subarray(128, 128 + FRAME_BYTES);
    frame.write('forged', 72);
    frame.writeUInt32LE(crc32(frame.subarray(64), crc32(frame.subarray(8, 64), salt)), 4);
    fs.writeFileSync(file, bytes);
    expect(() => create().open()).toThrow(/hash chain is broken/);
  });

  it('in an earlier segment is found by reading, by verifying, and by opening with all checks', () => {
    openWith(8, { segmentBytes: 400 }).close();
    const file = path.join(directory.path, segmentName(4));
    fs.truncateSync(file, fs.statSync(file).size - 1);
    const journal = create();
    journal.open();
    expect(texts(journal, 7)).toEqual(['record 7', 'record 8']);
    expect(() => texts(journal)).toThrow(JournalCorrupt);
    expect(() => journal.verify()).toThrow(JournalCorrupt);
    journal.close();
    expect(() => create({ openChecks: 'all-segments' }).open()).toThrow(/later segments follow/);
  });
});

describe('a full disk', () => {
  it('takes nothing of the frame at whatever byte it strikes, and the same frame later', () => {
    for (let space = 0; space < 64 + 16; space++) {
      const scene = makeTemporaryDirectory();
      const faulty = faultyFileSystem(nodeFileSystem);
      const journal = new JournalFile({ directory: scene.path, venueId: 'test', fileSystem: faulty });
      journal.open();
      journal.append(frameOf(1));
      faulty.setSpace(space);
      expect(() => journal.append(frameOf(2))).toThrow(JournalFull);
      expect(() => journal.append(frameOf(2))).toThrow(JournalFull);
      expect(texts(journal)).toEqual(['record 1']);
      faulty.setSpace(Number.POSITIVE_INFINITY);
      journal.append(frameOf(2));
      journal.close();
      const again = new JournalFile({ directory: scene.path, venueId: 'test' });
      expect(again.open()).toMatchObject({ nextSeq: 3, report: { cutBytes: 0 } });
      expect(texts(again)).toEqual(['record 1', 'record 2']);
      again.close();
      scene.remove();
    }
  });

  it('may strike when a segment is begun', () => {
    const faulty = faultyFileSystem(nodeFileSystem);
    const journal = create({ fileSystem: faulty });
    journal.open();
    faulty.setSpace(50);
    expect(() => journal.append(frameOf(1))).toThrow(JournalFull);
    expect(() => journal.append(frameOf(1))).toThrow(JournalFull);
    faulty.setSpace(1000);
    journal.append(frameOf(1));
    expect(texts(journal)).toEqual(['record 1']);
  });

  it('may be told by the synchronisation or the write, as a quota or a bound of files', () => {
    for (const [operation, code] of FULL) {
      const scene = makeTemporaryDirectory();
      const faulty = faultyFileSystem(nodeFileSystem);
      const journal = new JournalFile({ directory: scene.path, venueId: 'test', fileSystem: faulty });
      journal.open();
      journal.append(frameOf(1));
      faulty.failNext(operation, code);
      expect(() => journal.append(frameOf(2))).toThrow(JournalFull);
      journal.append(frameOf(2));
      expect(texts(journal)).toEqual(['record 1', 'record 2']);
      journal.close();
      scene.remove();
    }
  });
});

describe('failing storage', () => {
  it('ends the journal: a failed synchronisation is never tried again', () => {
    const faulty = faultyFileSystem(nodeFileSystem);
    const journal = create({ fileSystem: faulty });
    journal.open();
    journal.append(frameOf(1));
    faulty.failNext('syncData', 'EIO');
    expect(() => journal.append(frameOf(2))).toThrow(JournalIoFault);
    const calls = faulty.calls('syncData');
    expect(() => journal.append(frameOf(2))).toThrow('failed');
    expect(faulty.calls('syncData')).toBe(calls);
    journal.close();
    expect([2, 3]).toContain(create().open().nextSeq);
  });

  it('ends the journal when a frame cannot be taken back', () => {
    const faulty = faultyFileSystem(nodeFileSystem);
    const journal = openWith(1, { fileSystem: faulty });
    faulty.setSpace(10);
    faulty.failNext('truncate', 'EIO');
    expect(() => journal.append(frameOf(2))).toThrow(JournalIoFault);
    faulty.setSpace(1000);
    expect(() => journal.append(frameOf(2))).toThrow('failed');
  });

  it('at open and while reading is a fault that names the file', () => {
    openWith(2).close();
    const faulty = faultyFileSystem(nodeFileSystem);
    faulty.failNext('list', 'EACCES');
    expect(() => create({ fileSystem: faulty }).open()).toThrow(JournalIoFault);
    const journal = create({ fileSystem: faulty });
    journal.open();
    faulty.failNext('read', 'EIO');
    expect(() => texts(journal)).toThrow(segmentName(1));
  });
});

describe('the lock', () => {
  const holderScript = `
    const { JournalFile } = await import(process.argv[1]);
    new JournalFile({ directory: process.argv[2], venueId: 'test' }).open();
    console.log('open');
    setInterval(() => {}, 1000);
  `;
  const indexUrl = new URL('./index.ts', import.meta.url).href;

  it('names the other process, and is free after that was killed', async () => {
    const holder = spawn(process.execPath, ['--input-type=module', '-e', holderScript, indexUrl, directory.path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(holder.stdout, 'data');
    const error = catchFrom(() => create().open());
    if (!(error instanceof JournalLocked)) throw error;
    expect(error.pid).toBe(holder.pid);
    expect(error.message).toContain('stop that process first');
    expect(create({ isReadOnly: true }).open().nextSeq).toBe(1);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect(create().open().nextSeq).toBe(1);
  });

  it('of a process whose number was given to another is stale', () => {
    fs.writeFileSync(path.join(directory.path, LOCK_NAME), `${process.pid} another-boot:1 00ff\n`);
    const isStartKnown = fs.existsSync('/proc/self/stat');
    if (isStartKnown) expect(create().open().nextSeq).toBe(1);
    else expect(() => create().open()).toThrow(JournalLocked);
  });

  it('with unreadable contents or of a dead process is stale', () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    for (const text of ['', 'nonsense', `${dead}  00ff\n`]) {
      fs.writeFileSync(path.join(directory.path, LOCK_NAME), text);
      const journal = create();
      expect(journal.open().nextSeq).toBe(1);
      journal.close();
    }
    expect(fs.readdirSync(directory.path)).toEqual([]);
  });
});

describe('the options', () => {
  it('want a venue id of one to 56 bytes', () => {
    for (const venueId of ['', 'x'.repeat(57), 'é'.repeat(29)]) expect(() => create({ venueId })).toThrow(RangeError);
  });
});

function catchFrom(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
