/** What is known of one exchange's public stream: how to subscribe, and what a frame of it says. One file per exchange implements it. */

/** What a frame says of one symbol. Prices are as they were written: whether they make sense is judged by the instrument. */
export type Observation = {
  readonly symbol: string;
  /** Best bid and ask; null for a frame that only tells of a trade. */
  readonly book: { readonly bid: number; readonly ask: number } | null;
  /** Price of the last trade; null when the frame does not tell it. */
  readonly last: number | null;
  /** The exchange's own sequence of this stream and symbol; null when it has none. */
  readonly seq: number | null;
  /** When the exchange says that it made the frame, ms since 1970; null when it does not say. */
  readonly stampMs: number | null;
  /** What the frame says apart from its time, for exchanges without a sequence: a repeated old frame has the same. */
  readonly content: string | null;
};

/** What a frame is. */
export type Reading =
  | { readonly kind: 'prices'; readonly observations: readonly Observation[] }
  /** Answers, greetings, signs of life. */
  | { readonly kind: 'other' }
  /** The exchange refuses something, in its words. */
  | { readonly kind: 'error'; readonly message: string };

/** How one exchange is read. */
export interface ExchangeReader {
  /** Messages that subscribe to these symbols. */
  subscribe(symbols: readonly string[]): readonly string[];
  /** What asks for a sign of life; null for a ping frame of the protocol. */
  readonly ping: string | null;
  /** Reads the text of one frame. @throws FrameFault when it is not what the exchange documents */
  read(text: string): Reading;
}

/** A sign of life or an answer. */
export const OTHER: Reading = { kind: 'other' };
