/** Why an account was left to the backstop: by its margin fraction, or because the book took too little. */
import { isBackstopDue } from '@mochila/math';
import { type ReceiptNumbers, type ReceiptRow, ReceiptTerm } from '@mochila/protocol';
import type { Checks } from './checks.ts';
import { parameterOf, termOf } from './parameters.ts';

const PART = 'rule';

type Totals = ReceiptRow<'totals'>;

/** Checks the reason of a taking. @param before - totals of the account before it */
export function checkDue(numbers: ReceiptNumbers, before: Totals, checks: Checks): void {
  const { netEquity, maintenance, exposure } = figuresOf(numbers, before, checks);
  const [share, less] = [parameterOf(numbers, 'backstopMmfShare'), parameterOf(numbers, 'backstopMmfLess')];
  const isByMargin = isBackstopDue(netEquity, maintenance, exposure, share, less);
  const [offered, taken] = [termOf(numbers, ReceiptTerm.BookOffered), termOf(numbers, ReceiptTerm.BookTaken)];
  checks.holds(PART, 'book', isByMargin === (offered === null && taken === null), 'what it took is told where that is the reason');
  if (isByMargin) return;
  const isFailed = offered !== null && taken !== null && taken >= 0 && taken < parameterOf(numbers, 'bookTakenMin') * offered;
  checks.holds(PART, 'backstop is due', isFailed, 'by the margin fraction, or because the book took too little');
}

/** Figures the turn began with: those before the act, or told where an earlier act has changed them. */
function figuresOf(numbers: ReceiptNumbers, before: Totals, checks: Checks) {
  const own = { netEquity: before.netEquity, maintenance: before.maintenanceMargin, exposure: before.totalExposure };
  const told = [ReceiptTerm.DueNetEquity, ReceiptTerm.DueMaintenance, ReceiptTerm.DueExposure].map((term) => termOf(numbers, term));
  const [netEquity = null, maintenance = null, exposure = null] = told;
  if (netEquity === null || maintenance === null || exposure === null) {
    checks.holds(
      PART,
      'figures of the turn',
      told.every((one) => one === null),
      'all of them, or those before the act',
    );
    return own;
  }
  const isOther = netEquity !== own.netEquity || maintenance !== own.maintenance || exposure !== own.exposure;
  // What was taken meanwhile lessened what is at risk.
  checks.holds(PART, 'figures of the turn', isOther && exposure >= own.exposure, 'told where they are others, with more at risk');
  return { netEquity, maintenance, exposure };
}
