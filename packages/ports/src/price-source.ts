/** Port: what the world says an asset is worth. The runtime turns quotes into `prices` commands; the engine judges their age. */

/** What one source says of one asset now. */
export interface Quote {
  /** Name of the source, as in the genesis' price rules. */
  readonly source: string;
  /** Symbol of the asset. */
  readonly asset: string;
  /** Best bid, best ask and last price, in the source's quote unit per unit of the asset; above 0, `bid <= ask`. */
  readonly bid: number;
  readonly ask: number;
  readonly last: number;
  /** The source's own sequence: a whole number that rises with every quote of this asset, so that a repeated old price ages. */
  readonly seq: number;
}

/** Takes quotes that belong together, never none. It must not throw. */
export type QuoteSink = (quotes: readonly Quote[]) => void;

/** A feed of quotes of one or more sources. */
export interface PriceSource {
  /** Begins to give quotes to `sink`; resolves when the feed is set up, which may be before the first quote. */
  start(sink: QuoteSink): Promise<void>;
  /** Ends the feed: no quote is given once it has resolved. Stopping twice, or before the start, does nothing. */
  stop(): Promise<void>;
}
