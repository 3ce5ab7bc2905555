/** Walks frames across segments and turns whatever is wrong into the fault that stops. */

import { type FileSystem, FRAME_PAYLOAD_BYTES_MAX } from '@mochila/ports';
import { type ChainState, FRAME_HEADER_BYTES } from './frame-format.ts';
import type { ProgressMeter } from './progress-meter.ts';
import { corruptAt, type Segment, stateBefore } from './segment.ts';
import { findFrameAfter, type ScanEnd, type ScannedFrame, type SegmentSource, scanSegment } from './segment-scan.ts';
import type { IndexEntry } from './sparse-index.ts';
import { guardIo } from './whole-io.ts';

/** Where a segment ends, and how many bytes of an unfinished frame lie behind. */
export interface SegmentEnd {
  readonly offset: number;
  readonly state: ChainState;
  readonly tornBytes: number;
}

/** Decides whether an end that is not clean can be a write cut short. */
export type TornPolicy = 'may-be-torn' | 'must-be-whole';

/**
 * Yields the frames of one segment from a known place on.
 * @throws JournalCorrupt at a fault that is not an unfinished last frame, or at any when the segment must be whole
 */
export function* walkSegment(
  fs: FileSystem,
  segment: Segment,
  from: IndexEntry,
  policy: TornPolicy,
  meter: ProgressMeter,
): Generator<ScannedFrame, SegmentEnd, void> {
  const fd = guardIo('opening', segment.file, () => fs.open(segment.file, 'r'));
  try {
    const source: SegmentSource = { fs, fd, file: segment.file, salt: segment.header.salt, size: segment.size };
    const scan = scanSegment(source, from.offset, from.state);
    let step = scan.next();
    while (step.done !== true) {
      segment.index.note(step.value.offset, step.value.before);
      meter.count(step.value);
      yield step.value;
      step = scan.next();
    }
    const end = step.value;
    if (end.fault !== undefined) refuseUnlessTorn(source, end, policy);
    return { offset: end.offset, state: end.state, tornBytes: source.size - end.offset };
  } finally {
    fs.close(fd);
  }
}

/**
 * Checks that a segment begins where the one before it ended.
 * @throws JournalCorrupt when frames are missing between them or the chain is broken
 */
export function requireContinuation(segment: Segment, end: SegmentEnd, next: Segment): void {
  const state = stateBefore(next.header);
  if (state.seq > end.state.seq) {
    throw corruptAt(segment.file, end.offset, end.state.seq, `sequences ${end.state.seq} to ${state.seq - 1} are missing`);
  }
  if (state.seq < end.state.seq) throw corruptAt(next.file, 0, state.seq, 'the segment before it already holds its first sequence');
  if (Buffer.compare(state.hash, end.state.hash) !== 0 || state.timeMicros !== end.state.timeMicros) {
    throw corruptAt(next.file, 0, state.seq, 'the hash chain is broken: it does not follow the segment before it');
  }
}

function refuseUnlessTorn(source: SegmentSource, end: ScanEnd, policy: TornPolicy): void {
  const { fault, offset, state } = end;
  if (fault === undefined) return;
  const fail = (why: string) => corruptAt(source.file, offset, state.seq, why);
  if (policy === 'must-be-whole') throw fail(`${fault.reason}, and later segments follow`);
  if (!fault.mayBeTorn) throw fail(fault.reason);
  if (source.size - offset > FRAME_HEADER_BYTES + FRAME_PAYLOAD_BYTES_MAX) {
    throw fail(`${fault.reason}, and ${source.size - offset} bytes follow, more than one unfinished frame can be`);
  }
  const later = findFrameAfter(source, offset, state.seq);
  if (later !== undefined) throw fail(`${fault.reason}, but an intact frame follows at byte ${later}`);
}
