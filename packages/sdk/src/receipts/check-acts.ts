/** Before and the acts make after: no lot and no atom is unexplained. */
import { ReceiptAct, type ReceiptDocument, ReceiptMoment, type ReceiptNumbers, type ReceiptRow } from '@mochila/protocol';
import type { Checks } from './checks.ts';

const PART = 'acts';

type ActLine = ReceiptRow<'acts'>;

/** Adds the acts to what was before and compares with what was after. */
export function checkActs(numbers: ReceiptNumbers, checks: Checks): void {
  checkPlain(numbers, checks);
  for (const [market, { symbol }] of numbers.markets.entries()) {
    const lots = sumOf(numbers.lines.acts, (act) => (act.act === ReceiptAct.PerpFill && act.market === market ? act.lots : 0));
    const before = sizeAt(numbers, market, ReceiptMoment.Before);
    checks.equal(PART, `${symbol} size`, sizeAt(numbers, market, ReceiptMoment.After), before + lots);
  }
  for (const [asset, { symbol }] of numbers.assets.entries()) {
    const before = settledAt(numbers, asset, ReceiptMoment.Before);
    const moved = sumOf(numbers.lines.acts, (act) => movedBy(numbers, act, asset));
    checks.equal(PART, `${symbol} as if settled`, settledAt(numbers, asset, ReceiptMoment.After), before + moved);
  }
}

/** No act says more than it is. */
export function checkPlain({ lines }: ReceiptNumbers, checks: Checks): void {
  for (const [at, act] of lines.acts.entries()) {
    checks.holds(PART, `act ${at + 1}`, isPlain(act), 'it says nothing beside what it is');
  }
}

/**
 * Names of orders and trades: an order where there is one and nowhere else, one order on a book, trades in the order of their
 * market, one at a time where each has its own other side.
 */
export function checkNames({ kind, role }: ReceiptDocument, { lines, markets }: ReceiptNumbers, checks: Checks): void {
  const isBook = kind === 'BookSlice' || kind === 'CollateralSale';
  const orders = new Set<number>();
  const nextTrade = new Map<number, number>();
  let isOrdered = true;
  for (const { act, market, orderId, tradeId, trades } of lines.acts) {
    const isTrade = act === ReceiptAct.PerpFill || act === ReceiptAct.SpotFill;
    const hasOrder = role === 'Owner' && (isTrade || act === ReceiptAct.OrderCancelled);
    if (hasOrder !== orderId > 0) isOrdered = false;
    if (!isTrade) continue;
    orders.add(orderId);
    if (tradeId < (nextTrade.get(market) ?? 1) || (!isBook && trades !== 1)) isOrdered = false;
    nextTrade.set(market, tradeId + trades);
  }
  checks.holds(
    PART,
    'names',
    isOrdered && !(isBook && orders.size > 1),
    `orders and trades of ${markets.length} markets follow one another`,
  );
}

/** Trades have a price and no amount of their own, payments an amount and nothing else. */
function isPlain({ act, atoms, lots, priceTicks, feeAtoms, tradeId, trades }: ActLine): boolean {
  if (act === ReceiptAct.PerpFill || act === ReceiptAct.SpotFill) return atoms === 0 && trades >= 1 && tradeId >= 1;
  if (act === ReceiptAct.OrderCancelled) return atoms === 0 && feeAtoms === 0 && tradeId === 0 && trades === 0;
  return lots === 0 && priceTicks === 0 && feeAtoms === 0 && tradeId === 0 && trades === 0;
}

function sizeAt({ lines }: ReceiptNumbers, market: number, moment: number): number {
  return sumOf(lines.positions, (line) => (line.market === market && line.moment === moment ? line.sizeLots : 0));
}

function settledAt({ lines }: ReceiptNumbers, asset: number, moment: number): number {
  return sumOf(lines.holdings, (line) => (line.asset === asset && line.moment === moment ? line.asSettledAtoms : 0));
}

/** Atoms by which an act changed an asset, USDC as if settled. */
function movedBy(numbers: ReceiptNumbers, act: ActLine, asset: number): number {
  switch (act.act) {
    case ReceiptAct.PerpFill:
      return perpFillMoved(numbers, act, asset);
    case ReceiptAct.SpotFill:
      return spotFillMoved(numbers, act, asset);
    case ReceiptAct.OrderCancelled:
    case ReceiptAct.Repaid:
    case ReceiptAct.NoteWritten:
    case ReceiptAct.Borrowed:
    case ReceiptAct.Redeemed:
      return 0;
    default:
      return act.asset === asset ? act.atoms : 0;
  }
}

/** A position bought at a price is worth the mark at once: lots * (mark - price), less the fee. */
function perpFillMoved(numbers: ReceiptNumbers, act: ActLine, asset: number): number {
  const market = numbers.markets[act.market];
  const marks = numbers.lines.markets.find((line) => line.market === act.market);
  if (market === undefined || marks === undefined) return Number.NaN;
  return market.quote === asset ? act.lots * (marks.markTicks - act.priceTicks) * market.k - act.feeAtoms : 0;
}

function spotFillMoved(numbers: ReceiptNumbers, act: ActLine, asset: number): number {
  const market = numbers.markets[act.market];
  if (market === undefined) return Number.NaN;
  const base = market.base === asset ? act.lots * market.lotAtoms : 0;
  return market.quote === asset ? base - act.lots * act.priceTicks * market.k - act.feeAtoms : base;
}

function sumOf<Row>(rows: readonly Row[], value: (row: Row) => number): number {
  return rows.reduce((sum, row) => sum + value(row), 0);
}
