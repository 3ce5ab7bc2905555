/** History of a running venue, in the thread that calls it: follows by a lossy link and tells the venue how far it is. */
import { CoreControl } from '../core-thread/core-control.ts';
import { RingEngineLink } from '../link/ring-engine-link.ts';
import type { LinkSeat } from '../venue/venue-memory.ts';
import { HistoryWriter, type HistoryWriterOptions } from './history-writer.ts';

/** History is behind by more than this anyhow. */
const PATIENCE_MS = 20;

/** A writer that follows a venue. */
export interface HistoryService {
  readonly writer: HistoryWriter;
  /** Writes what was durable, if the store works, and lets go of the seat. @param limitMs longest wait, in milliseconds */
  stop(limitMs?: number): Promise<void>;
}

/**
 * Begins to write. The venue keeps the snapshots that history would catch up from.
 *
 * @param seat of a lossy link: a slow store never holds up trading
 * @param latestSeq sequence of the venue when it started
 */
export function serveHistory(seat: LinkSeat, latestSeq: number, options: HistoryWriterOptions): HistoryService {
  const control = new CoreControl(seat.coreControl);
  const onCheckpoint = (seq: number): void => {
    control.setHistoryCheckpoint(seq);
    options.onCheckpoint?.(seq);
  };
  const writer = new HistoryWriter({ ...options, onCheckpoint });
  const link = new RingEngineLink(seat, { patienceMs: PATIENCE_MS });
  link.followWords((words) => writer.offer(words));
  writer.start(latestSeq);
  const stop = async (limitMs?: number): Promise<void> => {
    await link.close();
    await writer.stop(limitMs);
  };
  return { writer, stop };
}
