/** A close against winners, as its owner and as a winner sees it. */
import { deficitPrice } from '@mochila/math';
import { ReceiptAct, ReceiptMoment, type ReceiptNumbers, ReceiptTerm } from '@mochila/protocol';
import { sumOfActs } from './check-charge.ts';
import type { Checks } from './checks.ts';
import { termOf } from './parameters.ts';
import { tradedLots } from './parts.ts';

const PART = 'rule';

/** Every lot closed at `mark + D / size` within the premium bound. */
export function checkDeleveraging(numbers: ReceiptNumbers, checks: Checks): void {
  const line = numbers.lines.positions.find(({ moment, market }) => moment === ReceiptMoment.Before && market === numbers.market);
  checks.holds(PART, 'position', line !== undefined && line.sizeLots !== 0, 'a position is closed');
  if (line === undefined || line.sizeLots === 0) return;
  // Against very many winners a close goes on in the next command, with a receipt of its own: each is of its part.
  const needed = termOf(numbers, ReceiptTerm.NeededLots) ?? Number.NaN;
  const isPart = needed > 0 && needed <= Math.abs(line.sizeLots);
  checks.holds(PART, 'needed', isPart, 'the position, or the part of it that this command closes');
  if (!isPart) return;
  const cashAtoms = checkPrice(numbers, line.sizeLots > 0 ? needed : 0 - needed, checks);
  checks.equal(PART, 'closed', Math.abs(tradedLots(numbers)), needed);
  checks.equal(PART, 'taken', termOf(numbers, ReceiptTerm.TakenLots) ?? Number.NaN, needed);
  checks.equal(PART, 'cash beside the price', sumOfActs(numbers, ReceiptAct.Other), cashAtoms);
}

/** A winner's part: at the price of the close, no more than was needed, cash in proportion to it. */
export function checkWinner(numbers: ReceiptNumbers, checks: Checks): void {
  const [needed, taken] = [termOf(numbers, ReceiptTerm.NeededLots), termOf(numbers, ReceiptTerm.TakenLots)];
  const closed = tradedLots(numbers);
  const isSound = needed !== null && needed > 0 && taken === needed && closed !== 0 && Math.abs(closed) <= needed;
  const fees = numbers.lines.acts.reduce((sum, { feeAtoms }) => sum + feeAtoms, 0);
  checks.equal(PART, 'fee', fees, 0);
  checks.holds(PART, 'part', isSound, 'some of what was needed, which was taken and no more');
  if (needed === null || !isSound) return;
  // Who buys closes a long.
  const cashAtoms = checkPrice(numbers, closed > 0 ? needed : 0 - needed, checks);
  const paid = 0 - sumOfActs(numbers, ReceiptAct.Other);
  const share = (cashAtoms * Math.abs(closed)) / needed;
  checks.holds(PART, 'cash beside the price', paid >= Math.floor(share) && paid <= Math.ceil(share), 'in proportion, to the atom');
}

/** @returns quote atoms beside the price, from all winners */
function checkPrice(numbers: ReceiptNumbers, sizeLots: number, checks: Checks): number {
  const deficit = termOf(numbers, ReceiptTerm.DeficitShareAtoms);
  const marks = numbers.lines.markets.find(({ market }) => market === numbers.market);
  const market = numbers.markets[numbers.market];
  checks.holds(PART, 'deficit', deficit !== null && deficit >= 0, 'its share is told');
  if (deficit === null || deficit < 0 || marks === undefined || market === undefined) return Number.NaN;
  const price = deficitPrice(deficit, sizeLots, marks.markTicks, marks.premiumBound, market.k);
  for (const [at, act] of numbers.lines.acts.entries()) {
    if (act.act === ReceiptAct.PerpFill) checks.equal(PART, `price of act ${at + 1}`, act.priceTicks, price.ticks);
  }
  return price.cashAtoms;
}
