/** Lists that come in pages. */
import type { SortDirection } from './words.ts';

/** Which page of a list of history. */
export type PageParams = {
  /** Rows in a page, at most 1000; 100 when absent. */
  readonly limit?: number;
  /** Rows to pass over. */
  readonly offset?: number;
  /** Goes on after the last row of a page: the `nextCursor` of that page. */
  readonly cursor?: string;
  /** By time; Desc when absent. */
  readonly sortDirection?: SortDirection;
};

/** One page of a list. */
export type Page<Row> = {
  readonly rows: Row[];
  /** Rows of the whole list; null when the venue did not count them. */
  readonly total: number | null;
  /** Give it as `cursor` to go on; null at the end. */
  readonly nextCursor: string | null;
};
