/** Judges by the wall clock whether a signature is still, or already, good. */
import { SIGNING_WINDOW_MS_DEFAULT, SIGNING_WINDOW_MS_MAX } from '@mochila/protocol';
import { ApiError } from '../errors/api-error.ts';
import { showValue } from '../errors/show-value.ts';

/** How far a client's clock may run ahead, in milliseconds. */
export const CLOCK_AHEAD_MS_MAX = 1_000;

/** Time and window of a signature in milliseconds. */
export type SignatureTime = { readonly timestampMs: number; readonly windowMs: number };

/** Where time and window of a signature stood, for the words of a refusal. */
export type TimeNames = { readonly timestamp: string; readonly window: string };

const HEADER_NAMES: TimeNames = { timestamp: 'X-Timestamp', window: 'X-Window' };
const TIMESTAMP = /^[1-9]\d{0,14}$/;
const WINDOW = /^[1-9]\d{0,4}$/;

/**
 * Reads and judges the time of a signature.
 *
 * @param timestamp text of X-Timestamp, or of the third item of a subscription's signature
 * @param window text of X-Window, or undefined for the default
 * @param nowMs the venue's clock in Unix milliseconds
 * @param names where both stood
 * @returns both numbers, or INVALID_CLIENT_REQUEST
 */
export function readSignatureTime(
  timestamp: string,
  window: string | undefined,
  nowMs: number,
  names = HEADER_NAMES,
): SignatureTime | ApiError {
  if (!TIMESTAMP.test(timestamp)) {
    return new ApiError(
      'INVALID_CLIENT_REQUEST',
      `${names.timestamp} is ${showValue(timestamp)}: it must be Unix milliseconds like "${nowMs}"`,
    );
  }
  const windowMs = window === undefined ? SIGNING_WINDOW_MS_DEFAULT : readWindow(window);
  if (windowMs === null) {
    const rule = `it must be milliseconds from 1 to ${SIGNING_WINDOW_MS_MAX}; without one ${SIGNING_WINDOW_MS_DEFAULT} are assumed`;
    return new ApiError('INVALID_CLIENT_REQUEST', `${names.window} is ${showValue(window)}: ${rule}`);
  }
  const timestampMs = Number(timestamp);
  return judgeTime({ timestampMs, windowMs }, nowMs, names);
}

function judgeTime(time: SignatureTime, nowMs: number, names: TimeNames): SignatureTime | ApiError {
  const lagMs = nowMs - time.timestampMs;
  if (lagMs >= -CLOCK_AHEAD_MS_MAX && lagMs <= time.windowMs) return time;
  const distance = lagMs > 0 ? `${lagMs} ms behind` : `${-lagMs} ms ahead of`;
  const rule = `allowed are ${time.windowMs} ms behind (${names.window}) and ${CLOCK_AHEAD_MS_MAX} ms ahead`;
  const help = `Compare your clock with GET /api/v1/time, sign again, or sign a window of up to ${SIGNING_WINDOW_MS_MAX}`;
  return new ApiError('INVALID_CLIENT_REQUEST', `Request has expired: its timestamp is ${distance} the venue's clock, ${rule}. ${help}.`);
}

function readWindow(text: string): number | null {
  const windowMs = WINDOW.test(text) ? Number(text) : SIGNING_WINDOW_MS_MAX + 1;
  return windowMs <= SIGNING_WINDOW_MS_MAX ? windowMs : null;
}
