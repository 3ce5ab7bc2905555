/** Parts of an account that carry risk, and what it is really worth, as the venue counts them where it takes parts over. */
import { mmf as mmfOf, takingTicks as ticksOfTaking } from '@mochila/math';
import { PriceGrade, ReceiptAct, ReceiptMoment, type ReceiptNumbers, type ReceiptRow } from '@mochila/protocol';
import { netOf } from './check-account.ts';

/** Price at which a position is taken: the worse for its account of mark and index, whole ticks. */
export function takingTicks(numbers: ReceiptNumbers, market: number, isLong: boolean): number {
  const marks = numbers.lines.markets.find((line) => line.market === market);
  const tickSize = numbers.markets[market]?.tickSize;
  if (marks === undefined || tickSize === undefined) return Number.NaN;
  return ticksOfTaking(marks.markTicks, marks.index, tickSize, isLong);
}

/** As the venue multiplies it. */
function notionalOf(numbers: ReceiptNumbers, { market, sizeLots }: ReceiptRow<'positions'>): number {
  const listed = numbers.markets[market];
  const marks = numbers.lines.markets.find((line) => line.market === market);
  return listed === undefined || marks === undefined ? Number.NaN : Math.abs(sizeLots) * listed.lotSize * marks.markTicks * listed.tickSize;
}

/** Notional of all parts, the largest maintenance first, as the venue adds it. */
export function notionalSum(numbers: ReceiptNumbers): number {
  const parts = [...positionParts(numbers), ...debtParts(numbers)];
  const order = parts.map((_, at) => at).sort((a, b) => (parts[b]?.maintenance ?? 0) - (parts[a]?.maintenance ?? 0) || a - b);
  return order.reduce((sum, at) => sum + (parts[at]?.notional ?? 0), 0);
}

function positionParts(numbers: ReceiptNumbers): Part[] {
  const lines = numbers.lines.positions.filter(({ moment, sizeLots }) => moment === ReceiptMoment.Before && sizeLots !== 0);
  return lines.map((line) => partOf(numbers, line));
}

/** A position or a debt. */
export type Part = { readonly notional: number; readonly maintenance: number };

/** Notional and maintenance margin of a position, multiplied as the venue does where it ranks parts. */
export function partOf(numbers: ReceiptNumbers, line: ReceiptRow<'positions'>): Part {
  const notional = notionalOf(numbers, line);
  const marks = numbers.lines.markets.find(({ market }) => market === line.market);
  const fraction = marks === undefined ? Number.NaN : mmfOf(notional, marks.mmfBase, marks.mmfFactor);
  return { notional, maintenance: notional * fraction };
}

function debtParts(numbers: ReceiptNumbers): Part[] {
  const owed = numbers.lines.holdings.filter(({ moment, asSettledAtoms }) => moment === ReceiptMoment.Before && asSettledAtoms < 0);
  return owed.map((line) => debtPartOf(numbers, line));
}

/** Notional and maintenance margin of a debt. */
export function debtPartOf({ lines, assets }: ReceiptNumbers, line: ReceiptRow<'holdings'>): Part {
  const notional = ((0 - line.asSettledAtoms) / (assets[line.asset]?.unitAtoms ?? Number.NaN)) * line.price;
  const prices = lines.assets.find(({ asset }) => asset === line.asset);
  const fraction = prices === undefined ? Number.NaN : mmfOf(notional, prices.borrowMmfBase, prices.borrowMmfFactor);
  return { notional, maintenance: notional * fraction };
}

/** Real equity with every position, and what pays its debts, at its taking price. */
export function realEquityAtTaking(numbers: ReceiptNumbers): number {
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

/** Lots of the receipt's market that were bought (positive) or sold. */
export function tradedLots({ lines, market }: ReceiptNumbers): number {
  return lines.acts.reduce((sum, act) => sum + (act.act === ReceiptAct.PerpFill && act.market === market ? act.lots : 0), 0);
}
