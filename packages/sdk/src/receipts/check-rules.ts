/** The rule of each kind of receipt: whether the venue did what its rules say, no more and no less. */
import {
  backstopCharge,
  chargeOfTaken,
  deficitPrice,
  isLiquidatable,
  liquidationEnd,
  liquidationFeePpm,
  mmf as mmfOf,
  sliceSize,
  takingTicks as ticksOfTaking,
  tradeFee,
} from '@mochila/math';
import {
  PriceGrade,
  ReceiptAct,
  type ReceiptDocument,
  ReceiptMoment,
  type ReceiptNumbers,
  type ReceiptRow,
  ReceiptTerm,
} from '@mochila/protocol';
import { asAtoms, asPpm } from '@mochila/units';
import { netOf } from './check-account.ts';
import type { Checks } from './checks.ts';
import { parameterOf, termOf } from './parameters.ts';

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
      break;
    case 'BookSlice':
      checkInLiquidation(before, checks);
      checkSlice(numbers, checks);
      checkHelps(before, after, checks);
      checkFees(numbers, checks);
      break;
    case 'CollateralSale':
      checkHelps(before, after, checks);
      checkFees(numbers, checks);
      break;
    case 'BackstopTransfer':
    case 'BackstopDebt':
    case 'FundTransfer':
      checkInLiquidation(before, checks);
      checkTakingPrice(numbers, checks);
      checkCharge(document, numbers, checks);
      break;
    case 'Deleveraging':
      checkDeleveraging(numbers, checks);
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

function tradedLots({ lines, market }: ReceiptNumbers): number {
  return lines.acts.reduce((sum, act) => sum + (act.act === ReceiptAct.PerpFill && act.market === market ? act.lots : 0), 0);
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

/** Positions go at the worse for the account of mark and index. */
function checkTakingPrice(numbers: ReceiptNumbers, checks: Checks): void {
  for (const [at, act] of numbers.lines.acts.entries()) {
    if (act.act !== ReceiptAct.PerpFill) continue;
    checks.equal(PART, `price of act ${at + 1}`, act.priceTicks, takingTicks(numbers, act.market, act.lots < 0));
  }
}

function takingTicks(numbers: ReceiptNumbers, market: number, isLong: boolean): number {
  const marks = numbers.lines.markets.find((line) => line.market === market);
  const tickSize = numbers.markets[market]?.tickSize;
  if (marks === undefined || tickSize === undefined) return Number.NaN;
  return ticksOfTaking(marks.markTicks, marks.index, tickSize, isLong);
}

/** The charge of a position's part: min(its share of real equity at the price of the taking, half its maintenance margin). */
function checkCharge(document: ReceiptDocument, numbers: ReceiptNumbers, checks: Checks): void {
  const charge = termOf(numbers, ReceiptTerm.ChargeAtoms);
  checks.holds(PART, 'charge', charge !== null, 'it is told');
  const line = numbers.lines.positions.find(({ moment, market }) => moment === ReceiptMoment.Before && market === numbers.market);
  const taken = Math.abs(tradedLots(numbers));
  if (charge === null || line === undefined || taken === 0) return;
  const usdcUnit = numbers.assets[numbers.usdc]?.unitAtoms ?? Number.NaN;
  const part = { realEquity: realEquityAtTaking(numbers), notionalSum: notionalSum(numbers), ...partOf(numbers, line) };
  const usd = part.notional <= part.notionalSum ? backstopCharge(part, parameterOf(numbers, 'chargeMaintenanceShare')) : Number.NaN;
  checks.equal(PART, 'charge of the whole', charge, Math.floor(usd * usdcUnit));
  const whole = Math.abs(line.sizeLots);
  const paid = numbers.lines.acts.reduce((sum, act) => sum + (act.act === ReceiptAct.Charge ? act.atoms : 0), 0);
  if (taken <= whole && charge >= 0) checks.equal(PART, 'charge of what was taken', paid, 0 - chargeOfTaken(charge, taken, whole));
  checks.equal(PART, 'taken', termOf(numbers, ReceiptTerm.TakenLots) ?? Number.NaN, taken);
  const needed = termOf(numbers, ReceiptTerm.NeededLots) ?? Number.NaN;
  const capacity = termOf(numbers, ReceiptTerm.Capacity) ?? Number.NaN;
  checks.equal(
    PART,
    `needed, within what ${document.kind === 'FundTransfer' ? 'the fund' : 'providers'} could take`,
    taken,
    Math.min(needed, capacity),
  );
}

/** As the venue multiplies it. */
function notionalOf(numbers: ReceiptNumbers, { market, sizeLots }: ReceiptRow<'positions'>): number {
  const listed = numbers.markets[market];
  const marks = numbers.lines.markets.find((line) => line.market === market);
  return listed === undefined || marks === undefined ? Number.NaN : Math.abs(sizeLots) * listed.lotSize * marks.markTicks * listed.tickSize;
}

/** Notional of all parts, the largest maintenance first, as the venue adds it. */
function notionalSum(numbers: ReceiptNumbers): number {
  const parts = [...positionParts(numbers), ...debtParts(numbers)];
  const order = parts.map((_, at) => at).sort((a, b) => (parts[b]?.maintenance ?? 0) - (parts[a]?.maintenance ?? 0) || a - b);
  return order.reduce((sum, at) => sum + (parts[at]?.notional ?? 0), 0);
}

function positionParts(numbers: ReceiptNumbers): Part[] {
  const lines = numbers.lines.positions.filter(({ moment, sizeLots }) => moment === ReceiptMoment.Before && sizeLots !== 0);
  return lines.map((line) => partOf(numbers, line));
}

type Part = { readonly notional: number; readonly maintenance: number };

/** Notional and maintenance margin of a position, multiplied as the venue does where it ranks parts. */
function partOf(numbers: ReceiptNumbers, line: ReceiptRow<'positions'>): Part {
  const notional = notionalOf(numbers, line);
  const marks = numbers.lines.markets.find(({ market }) => market === line.market);
  const fraction = marks === undefined ? Number.NaN : mmfOf(notional, marks.mmfBase, marks.mmfFactor);
  return { notional, maintenance: notional * fraction };
}

function debtParts({ lines, assets }: ReceiptNumbers): Part[] {
  const owed = lines.holdings.filter(({ moment, asSettledAtoms }) => moment === ReceiptMoment.Before && asSettledAtoms < 0);
  return owed.map((line) => {
    const notional = ((0 - line.asSettledAtoms) / (assets[line.asset]?.unitAtoms ?? Number.NaN)) * line.price;
    const prices = lines.assets.find(({ asset }) => asset === line.asset);
    const fraction = prices === undefined ? Number.NaN : mmfOf(notional, prices.borrowMmfBase, prices.borrowMmfFactor);
    return { notional, maintenance: notional * fraction };
  });
}

/** Real equity with every position, and what pays its debts, at its taking price. */
function realEquityAtTaking(numbers: ReceiptNumbers): number {
  const { lines, markets } = numbers;
  let equity = lines.totals.find(({ moment }) => moment === ReceiptMoment.Before)?.realEquity ?? Number.NaN;
  for (const { moment, market, sizeLots } of lines.positions) {
    const listed = markets[market];
    const marks = lines.markets.find((line) => line.market === market);
    if (moment !== ReceiptMoment.Before || sizeLots === 0 || listed === undefined || marks === undefined) continue;
    if (marks.grade === PriceGrade.Stale) continue;
    const ticks = Math.abs(takingTicks(numbers, market, sizeLots > 0) - marks.markTicks);
    equity -= Math.abs(sizeLots) * listed.lotSize * ticks * listed.tickSize;
  }
  const liability = lines.totals.find(({ moment }) => moment === ReceiptMoment.Before)?.borrowLiability ?? Number.NaN;
  return liability > 0 ? equity - lostByExchange(numbers) : equity;
}

/** USD by which assets at the lower, and debts at the higher, of mark and index are worth less than at the mark. */
function lostByExchange({ lines, assets }: ReceiptNumbers): number {
  let lost = 0;
  for (const line of lines.holdings) {
    const prices = lines.assets.find(({ asset }) => asset === line.asset);
    if (line.moment !== ReceiptMoment.Before || prices === undefined || prices.index <= 0 || prices.grade === PriceGrade.Stale) continue;
    const units = netOf(line) / (assets[line.asset]?.unitAtoms ?? Number.NaN);
    const gap = prices.mark - prices.index;
    lost += units > 0 ? units * Math.max(0, gap) : units * Math.min(0, gap);
  }
  return lost;
}

/** Every lot closed at `mark + D / size` within the premium bound. */
function checkDeleveraging(numbers: ReceiptNumbers, checks: Checks): void {
  const deficit = termOf(numbers, ReceiptTerm.DeficitShareAtoms);
  const line = numbers.lines.positions.find(({ moment, market }) => moment === ReceiptMoment.Before && market === numbers.market);
  const marks = numbers.lines.markets.find(({ market }) => market === numbers.market);
  const market = numbers.markets[numbers.market];
  checks.holds(PART, 'deficit', deficit !== null && line !== undefined, 'its share is told, and a position is closed');
  if (deficit === null || line === undefined || marks === undefined || market === undefined || line.sizeLots === 0 || deficit < 0) return;
  const price = deficitPrice(deficit, line.sizeLots, marks.markTicks, marks.premiumBound, market.k);
  for (const [at, act] of numbers.lines.acts.entries()) {
    if (act.act === ReceiptAct.PerpFill) checks.equal(PART, `price of act ${at + 1}`, act.priceTicks, price.ticks);
  }
  const taken = Math.abs(tradedLots(numbers));
  checks.equal(PART, 'needed', termOf(numbers, ReceiptTerm.NeededLots) ?? Number.NaN, Math.abs(line.sizeLots));
  checks.equal(PART, 'taken', taken, termOf(numbers, ReceiptTerm.TakenLots) ?? Number.NaN);
  const cash = numbers.lines.acts.reduce((sum, act) => sum + (act.act === ReceiptAct.Other ? act.atoms : 0), 0);
  checks.equal(PART, 'cash beside the price', cash, price.cashAtoms);
}
