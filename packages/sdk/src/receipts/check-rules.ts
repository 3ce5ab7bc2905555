/** The rule of each kind of receipt: whether the venue did what its rules say, no more and no less. */
import { isLiquidatable, liquidationEnd, liquidationFeePpm, sliceSize, tradeFee } from '@mochila/math';
import { ReceiptAct, type ReceiptDocument, ReceiptMoment, type ReceiptNumbers, type ReceiptRow, ReceiptTerm } from '@mochila/protocol';
import { asAtoms, asPpm } from '@mochila/units';
import { checkExchange, checkTaking, sumOfActs } from './check-charge.ts';
import { checkDeleveraging } from './check-deleveraging.ts';
import { checkDue } from './check-due.ts';
import type { Checks } from './checks.ts';
import { parameterOf, termOf } from './parameters.ts';
import { partOf, takingTicks, tradedLots } from './parts.ts';

const PART = 'rule';

type Totals = ReceiptRow<'totals'>;

/** Checks the rule that a receipt names. */
export function checkRules(document: ReceiptDocument, numbers: ReceiptNumbers, checks: Checks): void {
  const before = numbers.lines.totals.find(({ moment }) => moment === ReceiptMoment.Before);
  const after = numbers.lines.totals.find(({ moment }) => moment === ReceiptMoment.After);
  if (before === undefined || after === undefined) return;
  switch (document.kind) {
    case 'OrderCancel':
      checks.holds(
        PART,
        'trigger',
        isLiquidatable(before.netEquity, before.maintenanceMargin),
        'net equity is below the maintenance margin',
      );
      checkNothingOpen(numbers, checks);
      if (numbers.version >= 2) checkRepaid(numbers, checks);
      break;
    case 'BookSlice':
      checkInLiquidation(before, checks);
      checkSlice(numbers, checks);
      checkHelps(before, after, checks);
      checkFees(numbers, checks);
      if (numbers.version >= 2) checkBand(numbers, checks);
      break;
    case 'CollateralSale':
      checkHelps(before, after, checks);
      checkFees(numbers, checks);
      if (numbers.version >= 2) checkBand(numbers, checks);
      break;
    case 'BackstopTransfer':
    case 'BackstopDebt':
    case 'FundTransfer':
      checkInLiquidation(before, checks);
      checkTaking(document, numbers, checks);
      if (numbers.version >= 3) checkDue(numbers, before, checks);
      break;
    case 'FundPayment':
      checkExchange(numbers, checks);
      break;
    case 'Deleveraging':
      checkDeleveraging(numbers, checks);
      break;
    case 'DebtNote':
      if (numbers.version >= 2) checkNote(numbers, checks);
      break;
    default:
      break;
  }
}

function checkInLiquidation({ netEquity, maintenanceMargin }: Totals, checks: Checks): void {
  checks.holds(
    PART,
    'in liquidation',
    netEquity < liquidationEnd(maintenanceMargin),
    'net equity is below 1.1 times the maintenance margin',
  );
}

function checkNothingOpen({ lines }: ReceiptNumbers, checks: Checks): void {
  const open = lines.positions.filter(
    ({ moment, openBidLots, openAskLots }) => moment === ReceiptMoment.After && (openBidLots !== 0 || openAskLots !== 0),
  );
  checks.holds(PART, 'orders', open.length === 0, 'no order is left open');
}

/** The margin fraction, fee included, did not fall: E' / X' >= E / X, compared without division. */
function checkHelps(before: Totals, after: Totals, checks: Checks): void {
  const isHelped =
    after.totalExposure === 0 ||
    after.netEquity * before.totalExposure >= before.netEquity * after.totalExposure - ROUNDING * before.totalExposure;
  checks.holds(PART, 'margin fraction', isHelped, 'it did not fall, fee included');
}

/** USD: a fee in whole atoms and doubles of this size leave this much to rounding. */
const ROUNDING = 1e-5;

function checkSlice(numbers: ReceiptNumbers, checks: Checks): void {
  const atTrigger = termOf(numbers, ReceiptTerm.SizeAtTrigger);
  const offered = termOf(numbers, ReceiptTerm.Offered);
  const line = numbers.lines.positions.find(({ moment, market }) => moment === ReceiptMoment.Before && market === numbers.market);
  checks.holds(PART, 'slice', atTrigger !== null && offered !== null && line !== undefined, 'its size at the trigger is told');
  if (atTrigger === null || offered === null || line === undefined) return;
  const isWhole = line.notional < parameterOf(numbers, 'sliceWholeBelowUsd');
  const size = sliceSize(atTrigger, Math.abs(line.sizeLots), parameterOf(numbers, 'sliceFraction'), isWhole);
  checks.equal(PART, 'slice', offered, size);
  const taken = tradedLots(numbers);
  checks.holds(PART, 'taken', Math.abs(taken) <= offered && taken * line.sizeLots <= 0, 'no more than offered, and it closes');
}

/** No fill beyond the impact band, measured from the worse for the account of mark and index. */
function checkBand(numbers: ReceiptNumbers, checks: Checks): void {
  const [min, max] = [termOf(numbers, ReceiptTerm.ImpactMin), termOf(numbers, ReceiptTerm.ImpactMax)];
  checks.holds(PART, 'impact band', min !== null && max !== null && min > 0 && min < 1 && max > 1, 'below and above 1');
  if (min === null || max === null) return;
  for (const [at, { act, market, lots, priceTicks }] of numbers.lines.acts.entries()) {
    if (act !== ReceiptAct.PerpFill && act !== ReceiptAct.SpotFill) continue;
    const worse = takingTicks(numbers, market, lots < 0);
    const isInside = lots < 0 ? priceTicks >= Math.max(1, Math.ceil(worse * min)) : priceTicks <= Math.floor(worse * max);
    checks.holds(PART, `price of act ${at + 1}`, isInside, 'inside the impact band');
  }
}

/** The note is of what the fund paid. */
function checkNote(numbers: ReceiptNumbers, checks: Checks): void {
  checks.equal(PART, 'note', sumOfActs(numbers, ReceiptAct.NoteWritten), sumOfActs(numbers, ReceiptAct.FundPaid));
}

/** Debts fell by what was repaid from the same asset. */
function checkRepaid({ lines, assets }: ReceiptNumbers, checks: Checks): void {
  for (const [ix, { symbol }] of assets.entries()) {
    const debtAt = (when: number): number => lines.holdings.find(({ moment, asset }) => moment === when && asset === ix)?.debtAtoms ?? 0;
    const repaid = lines.acts.reduce((sum, { act, asset, atoms }) => sum + (act === ReceiptAct.Repaid && asset === ix ? atoms : 0), 0);
    checks.equal(PART, `${symbol} repaid`, repaid, debtAt(ReceiptMoment.Before) - debtAt(ReceiptMoment.After));
  }
}

/** Each fill's fee is at most the rate of what it closes; rounding of each trade favours the fund by less than an atom. */
function checkFees(numbers: ReceiptNumbers, checks: Checks): void {
  for (const [at, act] of numbers.lines.acts.entries()) {
    const market = numbers.markets[act.market];
    if (market === undefined || (act.act !== ReceiptAct.PerpFill && act.act !== ReceiptAct.SpotFill)) continue;
    const notionalAtoms = Math.abs(act.lots) * act.priceTicks * market.k;
    const most = tradeFee(asAtoms(notionalAtoms), asPpm(feePpmOf(numbers, act))) + act.trades;
    checks.holds(PART, `fee of act ${at + 1}`, act.feeAtoms >= 0 && act.feeAtoms <= most, 'at most min(1 %, MMF / 4) of what is closed');
  }
}

function feePpmOf(numbers: ReceiptNumbers, act: ReceiptRow<'acts'>): number {
  const [feeMax, share] = [parameterOf(numbers, 'feeMax'), parameterOf(numbers, 'feeMmfShare')];
  const line = numbers.lines.positions.find(({ moment, market }) => moment === ReceiptMoment.Before && market === act.market);
  if (act.act !== ReceiptAct.PerpFill || line === undefined || line.sizeLots === 0) return liquidationFeePpm(1, feeMax, share);
  const { notional, maintenance } = partOf(numbers, line);
  return liquidationFeePpm(maintenance / notional, feeMax, share);
}
