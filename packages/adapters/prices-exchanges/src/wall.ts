/** The world's time and randomness, as arguments. */

/** What a connection knows of time. */
export interface Wall {
  /** ms since 1970. */
  nowMs(): number;
  /** Calls once after a while. @returns what takes the call back */
  after(ms: number, call: () => void): () => void;
  /** From 0 (included) to 1 (not included). */
  random(): number;
}

/** The machine's own. */
export const MACHINE_WALL: Wall = {
  nowMs: () => Date.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};
