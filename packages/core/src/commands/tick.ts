/** One second of the venue, in the order of perpetuals rules 7. */
import type { CommandFields, Reject } from '@mochila/protocol';
import { assert, MICROS_PER_SECOND } from '@mochila/units';
import { releaseWithdrawals } from '../custody/release-withdrawals.ts';
import { rollVolumeDay } from '../identity/fee-tiers.ts';
import { accrueAssets } from '../lending/accrue.ts';
import { reportInterestHour } from '../lending/report-interest.ts';
import { stepAssetMarks } from '../pricing/asset-marks.ts';
import { computeIndexes } from '../pricing/compute-index.ts';
import { closeFundingHour } from '../pricing/funding-rate.ts';
import { stepMarketMarks } from '../pricing/market-marks.ts';
import { reopenMarkets } from '../pricing/reopen.ts';
import { openEpochWhenDue } from '../settlement/epoch.ts';
import { finishSecond } from '../settlement/finish-second.ts';
import type { State } from '../state.ts';

const SECONDS_PER_HOUR = 3_600;

/**
 * Applies a second: index, interest, marks and stable prices, the end of the hour, withdrawals that are due,
 * settlement; flags and triggers when no epoch is open, else its last slice runs them. A second that was applied already
 * changes nothing; seconds that were skipped count in every average.
 *
 * @throws AssertionError when the second lies ahead of command time.
 */
export function applyTick(state: State, command: CommandFields<'tick'>): Reject | null {
  const { second } = command;
  const before = state.tickSecond;
  if (second <= before) return null;
  assert(Number.isSafeInteger(second), 'a tick names a whole second');
  assert(second * MICROS_PER_SECOND <= state.timeMicros, 'a second is applied when command time has reached it');
  state.tickSecond = second;
  const hourBefore = Math.floor(before / SECONDS_PER_HOUR);
  const isHourOver = Math.floor(second / SECONDS_PER_HOUR) > hourBefore;
  computeIndexes(state);
  accrueAssets(state);
  if (isHourOver) reportInterestHour(state);
  stepAssetMarks(state, second - before);
  if (isHourOver) closeFundingHour(state, hourBefore);
  stepMarketMarks(state, second - before);
  reopenMarkets(state);
  rollVolumeDay(state);
  releaseWithdrawals(state);
  openEpochWhenDue(state, before);
  assert(state.settlement.fundingDueHour < 0 || state.settlement.isOpen, 'an hour ends with an epoch, so its funding has one to wait for');
  if (!state.settlement.isOpen) finishSecond(state);
  return null;
}
