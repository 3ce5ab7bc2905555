/** Bounds of the engine that are not a venue's choice. Sizes a venue chooses stand in its genesis (`EngineLimits`). */

/** Largest price in ticks: an Int32 column holds it. */
export const PRICE_TICKS_MAX = 2_000_000_000;
/** Largest notional in quote atoms, 2^52: sums of two stay exact. */
export const NOTIONAL_ATOMS_MAX = 4_503_599_627_370_496;
/** Most an account may hold of one asset, in atoms. */
export const HOLDING_ATOMS_MAX = 9_007_199_254_740_991;
/** Lowest lend index, a hundredth: losses go no further, so that lend shares stay numbers that a holding can count. */
export const LEND_INDEX_MIN = 10_000_000_000_000_000n;
/** Triggers fired by one command. */
export const TRIGGERS_PER_COMMAND = 1000;
/** Accounts whose liquidation goes on in one command: about a thousand fills. */
export const LIQUIDATIONS_PER_COMMAND = 100;
/** What one command of liquidation does before it leaves the rest to the next, in healths computed; a moved position is eight. */
export const WORK_PER_LIQUIDATION = 4000;
/** A position that a forced act moves, in healths computed. */
export const WORK_PER_MOVE = 8;
/** Backstop postings of a venue: one for each provider and market. */
export const BACKSTOP_POSTINGS = 4096;
/** Debt notes that stand at once. */
export const DEBT_NOTES = 65_536;
/** Order slots that only the venue's own orders use: a forced transfer takes two. */
export const SYSTEM_ORDER_SLOTS = 4;
/** Words the event buffer starts with; it grows when a command needs more. */
export const EVENT_WORDS = 1 << 17;
