/** The throttle of a pool (lending rules 3): above its threshold utilisation may rise per minute only by a fraction of the distance to the bound. */
import { MICROS_PER_MINUTE } from '@mochila/units';
import type { Pool } from './pool.ts';
import { utilizationOf } from './utilization.ts';

/** Begins a new minute when one has begun: what is used now is where its rise is counted from. @returns true when one began. */
export function rollThrottle(pool: Pool, nowMicros: number): boolean {
  const minute = Math.floor(nowMicros / MICROS_PER_MINUTE);
  if (minute === pool.throttleMinute) return false;
  pool.throttleMinute = minute;
  pool.throttleStart = utilizationOf(pool);
  return true;
}

/** What utilisation may rise to in this minute by free choice; at most maxUtilization. */
export function throttleBoundOf(pool: Pool): number {
  const { throttleThreshold, throttleFraction, maxUtilization } = pool.listing;
  const start = Math.max(pool.throttleStart, throttleThreshold);
  return start >= maxUtilization ? maxUtilization : start + throttleFraction * (maxUtilization - start);
}
