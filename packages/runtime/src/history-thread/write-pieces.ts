/** Batches of any number into a store, in pieces. */
import { setImmediate as breathe } from 'node:timers/promises';
import type { HistoryStore, HistoryWrite } from '@mochila/ports';
import type { EventBatch } from '@mochila/protocol';

/** Folds batches into rows; `HistoryFold` of projections. */
export interface HistoryFolder {
  readonly count: number;
  add(batch: EventBatch): void;
  take(): HistoryWrite | null;
}

/** Tells the batches of a range once more, from the journal; see `replayBatches`. */
export type HistoryReplay = (fromSeq: number, toSeq: number) => Iterable<EventBatch>;

/** How batches are written. */
export interface WritePieces {
  readonly store: HistoryStore;
  readonly fold: HistoryFolder;
  readonly rowsMax: number;
  /** Told after each write. */
  readonly onPiece: (piece: HistoryWrite, rowCount: number) => void;
  /** Asked before each batch. */
  readonly mayGoOn: () => boolean;
}

// Others of this thread get their turn this often, in batches.
const BREATHE_EVERY = 500;

/** Writes all batches, a piece whenever it has `rowsMax` rows, and the rest. */
export async function writePieces(batches: Iterable<EventBatch>, options: WritePieces): Promise<void> {
  let read = 0;
  for (const batch of batches) {
    if (!options.mayGoOn()) break;
    options.fold.add(batch);
    read += 1;
    if (options.fold.count >= options.rowsMax) await writePiece(options);
    if (read % BREATHE_EVERY === 0) await breathe();
  }
  await writePiece(options);
}

async function writePiece({ store, fold, onPiece }: WritePieces): Promise<void> {
  const piece = fold.take();
  if (piece === null) return;
  await store.write(piece);
  const rowCount = Object.values(piece.rows).reduce((sum, rows) => sum + rows.length, 0);
  onPiece(piece, rowCount);
}
