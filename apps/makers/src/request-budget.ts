/** How often the bots may ask, all together and in real time, however fast the venue's own time runs. */

/** A bucket of requests that fills steadily. */
export interface RequestBudget {
  /** Takes requests out if there are enough. */
  tryTake(requests: number): boolean;
}

/**
 * Makes a full bucket.
 *
 * @param settings - requests a second, and the most that can be saved up
 */
export function createRequestBudget(settings: { perSecond: number; burst: number }, nowMs: () => number): RequestBudget {
  let saved = settings.burst;
  let atMs = nowMs();
  return {
    tryTake: (requests) => {
      const now = nowMs();
      saved = Math.min(settings.burst, saved + (Math.max(0, now - atMs) / 1000) * settings.perSecond);
      atMs = now;
      if (saved < requests) return false;
      saved -= requests;
      return true;
    },
  };
}
