/** What to try again, and when. */
import { ApiFault, NetworkFault } from './faults.ts';

const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 5_000;
/** A venue that asks for a longer pause than this is left alone: the caller is told instead. */
const LONGEST_PAUSE_SECONDS = 10;
const PASSING = [408, 429, 502, 503, 504];

/** Whether the venue refused because the stamp of the signature is outside its window. */
export function isExpired(error: unknown): boolean {
  return error instanceof ApiFault && error.code === 'INVALID_CLIENT_REQUEST' && error.message.includes('Request has expired');
}

/**
 * How long to wait before a request that may be repeated is tried again.
 *
 * @param error what the last try ended with
 * @param attempt tries made before it, from 0
 * @param attemptsMax how often to try again
 * @returns milliseconds, or null to give up
 */
export function delayBeforeRetry(error: unknown, attempt: number, attemptsMax: number): number | null {
  if (attempt >= attemptsMax) return null;
  if (error instanceof NetworkFault) return backoffMs(attempt);
  if (!(error instanceof ApiFault) || !PASSING.includes(error.status)) return null;
  const { retryAfterSeconds } = error;
  if (retryAfterSeconds === null) return backoffMs(attempt);
  return retryAfterSeconds <= LONGEST_PAUSE_SECONDS ? retryAfterSeconds * 1_000 : null;
}

/**
 * A pause that doubles with every attempt, spread so that many clients do not come back together.
 *
 * @param attempt from 0
 * @returns milliseconds, at most 5000
 */
export function backoffMs(attempt: number): number {
  const full = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt, 10));
  return Math.round(full * (0.5 + Math.random() / 2));
}

/** Waits. */
export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
