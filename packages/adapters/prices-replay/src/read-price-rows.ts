/** Rows of several files as one recording, merged by time. Reads and nothing else: no clock, no timer. */
import type { PriceRow } from './price-row.ts';
import { type ReadSettings, readFileRows } from './read-file-rows.ts';
import type { ReplayFile } from './replay-file.ts';

/** A file and its next row. */
interface Head {
  readonly rows: AsyncGenerator<PriceRow, void, void>;
  readonly row: PriceRow;
  /** Place of the file as given: what comes at one moment comes in this order. */
  readonly order: number;
}

/**
 * Gives the rows of all files in the order of time; at one moment in the order of the files. Memory holds a chunk of each file.
 *
 * Ending the walk early closes the files.
 *
 * @throws ReplayFault before the first row when one of the files cannot be used at all, later when one is found to be cut
 * @example
 * for await (const { atMicros, asset, last } of readPriceRows([parseReplayFile('day.csv')], settings)) console.log(atMicros, asset, last);
 */
export async function* readPriceRows(files: readonly ReplayFile[], settings: ReadSettings): AsyncGenerator<PriceRow, void, void> {
  const opened = files.map((file) => readFileRows(file, settings));
  // The next row to come is the last, so that taking it moves nothing.
  const heads: Head[] = [];
  const takeIn = async (rows: Head['rows'], order: number): Promise<void> => {
    const { value } = await rows.next();
    if (value !== undefined) heads.splice(placeOf(heads, value.atMicros, order), 0, { rows, row: value, order });
  };
  try {
    for (const [order, rows] of opened.entries()) await takeIn(rows, order);
    for (let head = heads.pop(); head !== undefined; head = heads.pop()) {
      yield head.row;
      await takeIn(head.rows, head.order);
    }
  } finally {
    for (const rows of opened) await rows.return();
  }
}

/** Where a head goes among heads that stand latest first, by binary search. */
function placeOf(heads: readonly Head[], atMicros: number, order: number): number {
  let low = 0;
  let high = heads.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const head = heads[middle];
    const isLater = head !== undefined && (head.row.atMicros > atMicros || (head.row.atMicros === atMicros && head.order > order));
    if (isLater) low = middle + 1;
    else high = middle;
  }
  return low;
}
