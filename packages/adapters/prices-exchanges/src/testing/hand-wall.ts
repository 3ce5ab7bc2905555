/** A wall whose time passes only by hand; calls that are due are made in the order of their time. */
import type { Wall } from '../wall.ts';

/** A `Wall` of a test. */
export type HandWall = Wall & {
  /** Waits that were asked for and neither came nor were taken back, in ms from now, shortest first. */
  waits(): number[];
  /** Lets time pass. */
  pass(ms: number): void;
};

/** @param chance - what `random` answers */
export function createHandWall(startMs: number, chance = 0): HandWall {
  let nowMs = startMs;
  const calls = new Set<{ readonly atMs: number; readonly call: () => void }>();
  const next = (): { readonly atMs: number; readonly call: () => void } | undefined => [...calls].sort((a, b) => a.atMs - b.atMs)[0];
  return {
    nowMs: () => nowMs,
    random: () => chance,
    after: (ms, call) => {
      const entry = { atMs: nowMs + ms, call };
      calls.add(entry);
      return () => calls.delete(entry);
    },
    waits: () => [...calls].map(({ atMs }) => atMs - nowMs).sort((a, b) => a - b),
    pass: (ms) => {
      const untilMs = nowMs + ms;
      for (let due = next(); due !== undefined && due.atMs <= untilMs; due = next()) {
        nowMs = Math.max(nowMs, due.atMs);
        calls.delete(due);
        due.call();
      }
      nowMs = untilMs;
    },
  };
}
