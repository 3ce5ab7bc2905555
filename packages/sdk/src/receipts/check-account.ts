/** Equity and margin of the account, line by line and summed, before and after. */
import { collateralWeight, mmf as mmfOf } from '@mochila/math';
import { ReceiptMoment, type ReceiptNumbers, type ReceiptRow } from '@mochila/protocol';
import type { Checks } from './checks.ts';

type PositionLine = ReceiptRow<'positions'>;
type HoldingLine = ReceiptRow<'holdings'>;

/** Computes the lines and totals of one moment again. @param moment - ReceiptMoment */
export function checkAccount(numbers: ReceiptNumbers, moment: number, checks: Checks): void {
  const part = moment === ReceiptMoment.Before ? 'account before' : 'account after';
  const positions = numbers.lines.positions.filter((line) => line.moment === moment);
  const holdings = numbers.lines.holdings.filter((line) => line.moment === moment);
  for (const line of positions) checkPosition(numbers, part, line, checks);
  const pnlAtoms = positions.reduce((sum, line) => sum + line.pnlAtoms, 0);
  for (const line of holdings) checkHolding(numbers, part, line, pnlAtoms, checks);
  const [totals, ...more] = numbers.lines.totals.filter((line) => line.moment === moment);
  checks.holds(part, 'totals', totals !== undefined && more.length === 0, 'one line of totals');
  if (totals !== undefined) checkTotals(numbers, part, totals, positions, holdings, checks);
}

function checkPosition(numbers: ReceiptNumbers, part: string, line: PositionLine, checks: Checks): void {
  const market = numbers.markets[line.market];
  const marks = numbers.lines.markets.find((row) => row.market === line.market);
  if (market === undefined || marks === undefined) {
    checks.fault(part, 'a position stands without its market');
    return;
  }
  const { symbol, k, tickSize, lotSize } = market;
  const { sizeLots, openBidLots, openAskLots, lastMarkTicks } = line;
  const lotPrice = marks.markTicks * tickSize * lotSize;
  const notional = Math.abs(sizeLots) * lotPrice;
  const fraction = mmfOf(notional, marks.mmfBase, marks.mmfFactor);
  checks.equal(part, `${symbol} profit and loss`, line.pnlAtoms, sizeLots * (marks.markTicks - lastMarkTicks) * k);
  checks.equal(part, `${symbol} notional`, line.notional, notional);
  checks.equal(part, `${symbol} margin fraction`, line.fraction, fraction);
  checks.equal(part, `${symbol} margin`, line.margin, notional * fraction);
  const lots = Math.max(Math.abs(sizeLots + openBidLots), Math.abs(sizeLots - openAskLots));
  checks.equal(part, `${symbol} exposure`, line.exposure, lots * lotPrice);
}

function checkHolding(numbers: ReceiptNumbers, part: string, line: HoldingLine, pnlAtoms: number, checks: Checks): void {
  const asset = numbers.assets[line.asset];
  const prices = numbers.lines.assets.find((row) => row.asset === line.asset);
  if (asset === undefined || prices === undefined) {
    checks.fault(part, 'an asset stands without its price');
    return;
  }
  const { symbol, unitAtoms } = asset;
  const isUsdc = line.asset === numbers.usdc;
  checks.equal(part, `${symbol} as if settled`, line.asSettledAtoms, netOf(line) + (isUsdc ? pnlAtoms : 0));
  const quantity = line.asSettledAtoms / unitAtoms;
  const value = isUsdc ? quantity : quantity * prices.mark;
  const fraction = quantity >= 0 ? weightOf(prices, value) : mmfOf(-value, prices.borrowMmfBase, prices.borrowMmfFactor);
  checks.equal(part, `${symbol} price`, line.price, prices.mark);
  checks.equal(part, `${symbol} value`, line.value, value);
  checks.equal(part, `${symbol} fraction`, line.fraction, fraction);
  checks.equal(part, `${symbol} counted`, line.counted, quantity >= 0 ? value * fraction : 0 - value * fraction);
  const open = value - (line.heldAtoms / unitAtoms) * prices.mark;
  checks.equal(part, `${symbol} exposure`, line.exposure, line.heldAtoms > 0 ? Math.max(0, 0 - open) : Math.max(0, 0 - value));
}

/** free + lent - debt. */
export function netOf({ freeAtoms, lentAtoms, debtAtoms }: HoldingLine): number {
  return freeAtoms + lentAtoms - debtAtoms;
}

function weightOf({ weightKind, weight, weightBase, weightPenalty }: ReceiptRow<'assets'>, value: number): number {
  return weightKind === 0
    ? collateralWeight({ kind: 'identity', weight }, value)
    : collateralWeight({ kind: 'inverseSqrt', weight, base: weightBase, penalty: weightPenalty }, value);
}

function checkTotals(
  numbers: ReceiptNumbers,
  part: string,
  totals: ReceiptRow<'totals'>,
  positions: readonly PositionLine[],
  holdings: readonly HoldingLine[],
  checks: Checks,
): void {
  let [collateral, assets, owed, margin, exposure] = [0, 0, 0, 0, 0];
  for (const line of positions) {
    margin += line.margin;
    exposure += line.exposure;
  }
  for (const line of holdings) {
    if (line.asSettledAtoms >= 0) {
      assets += line.value;
      collateral += line.counted;
    } else {
      owed -= line.value;
      margin += line.counted;
    }
    exposure += line.exposure;
  }
  const usdcUnit = numbers.assets[numbers.usdc]?.unitAtoms ?? Number.NaN;
  checks.equal(part, 'collateral', totals.collateral, collateral);
  checks.equal(part, 'assets', totals.assets, assets);
  checks.equal(part, 'debts', totals.borrowLiability, owed);
  checks.equal(part, 'net equity', totals.netEquity, totals.collateral - totals.borrowLiability);
  checks.equal(part, 'real equity', totals.realEquity, totals.assets - totals.borrowLiability);
  checks.equal(part, 'maintenance margin', totals.maintenanceMargin, margin);
  checks.equal(part, 'exposure', totals.totalExposure, exposure);
  const pnlAtoms = positions.reduce((sum, line) => sum + line.pnlAtoms, 0);
  checks.equal(part, 'unrealised profit and loss', totals.unrealisedPnl, pnlAtoms / usdcUnit);
}
