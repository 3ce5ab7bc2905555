/** Keeps bots going: one step after the other, each at its own pace, later after failures, until they are stopped. */
import type { Bot } from './bot.ts';

/** How bots are run. */
export interface RunSettings {
  /** Venue seconds in one real second. */
  readonly speed: number;
  /** Told of failures; a message that repeats is told again after a minute at the earliest. */
  readonly onReport: (message: string) => void;
}

/** However fast the venue's time runs, bots run at most this much faster than in real time. */
export const PACE_MAX = 4;

/** Short: what fails in one market must not keep a maker from its others for long. */
const BACKOFF_MS_MAX = 5_000;
const SILENCE_MS = 60_000;

/** Starts all bots. @returns how to stop: fulfilled when the steps under way have ended. */
export function runBots(bots: readonly Bot[], settings: RunSettings): () => Promise<void> {
  const stop = new AbortController();
  const loops = bots.map((bot) => runBot(bot, settings, stop.signal));
  return async () => {
    stop.abort();
    for (const bot of bots) bot.stop();
    await Promise.all(loops);
  };
}

async function runBot(bot: Bot, { speed, onReport }: RunSettings, signal: AbortSignal): Promise<void> {
  let backoffMs = 0;
  while (!signal.aborted) {
    try {
      await bot.step();
      backoffMs = 0;
    } catch (error) {
      backoffMs = Math.min(BACKOFF_MS_MAX, Math.max(500, backoffMs * 2));
      onReport(`${bot.name}: ${error instanceof Error ? error.message : String(error)}; next try in ${backoffMs} ms`);
    }
    await pause(Math.max((bot.everySeconds / Math.min(speed, PACE_MAX)) * 1000, backoffMs), signal);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}

/** Lets a message through once a minute, and says how often it came meanwhile. */
export function quieten(tell: (message: string) => void, nowMs: () => number): (message: string) => void {
  const told = new Map<string, { atMs: number; missed: number }>();
  return (message) => {
    // Numbers differ from time to time; the words are what repeats.
    const words = message.replace(/[\d.]+/g, '#');
    const before = told.get(words);
    if (before !== undefined && nowMs() - before.atMs < SILENCE_MS) {
      before.missed += 1;
      return;
    }
    if (told.size > 1_000) told.clear();
    told.set(words, { atMs: nowMs(), missed: 0 });
    tell(before === undefined || before.missed === 0 ? message : `${message} (and ${before.missed} more like it)`);
  };
}
