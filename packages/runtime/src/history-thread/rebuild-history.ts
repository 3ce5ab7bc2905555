/** History from nothing: the whole journal folded again. */
import type { HistoryStore } from '@mochila/ports';
import { type HistoryFolder, type HistoryReplay, writePieces } from './write-pieces.ts';

/** How history is rebuilt. */
export interface RebuildOptions {
  /** Open. */
  readonly store: HistoryStore;
  readonly fold: HistoryFolder;
  readonly replay: HistoryReplay;
  /** Last sequence of the journal. */
  readonly toSeq: number;
  /** Rows in a write; 2,000 unless told. */
  readonly rowsMax?: number;
  /** Told after every write. */
  readonly onProgress?: (progress: { readonly seq: number; readonly toSeq: number }) => void;
}

/**
 * Empties a store and fills it from the journal: the same rows as written live.
 *
 * @returns number of rows written
 */
export async function rebuildHistory({ store, fold, replay, toSeq, rowsMax = 2_000, onProgress }: RebuildOptions): Promise<number> {
  await store.clear();
  let rowsWritten = 0;
  await writePieces(replay(1, toSeq), {
    store,
    fold,
    rowsMax,
    mayGoOn: () => true,
    onPiece: (piece, rowCount) => {
      rowsWritten += rowCount;
      onProgress?.({ seq: piece.toSeq, toSeq });
    },
  });
  return rowsWritten;
}
