/** Says a thing that repeats once a minute, and how often it came meanwhile. */

const SILENCE_MS = 60_000;

/**
 * Makes a quiet teller of one kind of message: a full disk must not fill what is left of it with a line a second.
 *
 * @param tell told a message when it differs from the last one, or a minute after that
 * @param nowMs a clock in milliseconds
 */
export function quieten(tell: (message: string) => void, nowMs: () => number = () => performance.now()): (message: string) => void {
  let last: string | null = null;
  let toldAtMs = 0;
  let missed = 0;
  return (message) => {
    if (message === last && nowMs() - toldAtMs < SILENCE_MS) {
      missed += 1;
      return;
    }
    const isRepeated = message === last && missed > 0;
    last = message;
    toldAtMs = nowMs();
    tell(isRepeated ? `${message} (and ${missed} more times)` : message);
    missed = 0;
  };
}
