/** Bounds of what is believed and waited for. */

/** What a price must keep to. */
export type PriceRules = {
  /** A frame stamped later than now by more is refused. */
  readonly futureMsMax: number;
  /** A frame stamped earlier than now by more is refused. */
  readonly pastMsMax: number;
  /** A move of more than this fraction from the last price taken has to be confirmed. */
  readonly jumpFractionMax: number;
  /** How long a jump has to hold, in newer frames, before it is taken. */
  readonly jumpHoldsMs: number;
  /** After this long without a price taken, a lower sequence is a restart of the exchange, not a late frame. */
  readonly staleMs: number;
};

/** How a connection is kept. */
export type ConnectionRules = {
  readonly handshakeMsMax: number;
  /** Without any frame for this long a connection is dead. */
  readonly silenceMsMax: number;
  /** Without any price for this long it is of no use. */
  readonly priceSilenceMsMax: number;
  readonly pingEveryMs: number;
  readonly frameBytesMax: number;
  readonly framesPerSecondMax: number;
  /** Between two messages of ours. */
  readonly sendEveryMs: number;
  readonly backoffMsMin: number;
  readonly backoffMsMax: number;
  /** A connection that lived this long was good: the next wait is short again. */
  readonly goodAfterMs: number;
  /** How often silence, rate and pings are looked at. */
  readonly watchEveryMs: number;
};

/** The defaults. */
export const PRICE_RULES: PriceRules = { futureMsMax: 5_000, pastMsMax: 10_000, jumpFractionMax: 0.1, jumpHoldsMs: 2_000, staleMs: 10_000 };

/** The defaults. */
export const CONNECTION_RULES: ConnectionRules = {
  handshakeMsMax: 10_000,
  silenceMsMax: 25_000,
  priceSilenceMsMax: 60_000,
  pingEveryMs: 15_000,
  frameBytesMax: 262_144,
  framesPerSecondMax: 20_000,
  sendEveryMs: 250,
  backoffMsMin: 1_000,
  backoffMsMax: 60_000,
  goodAfterMs: 60_000,
  watchEveryMs: 1_000,
};
