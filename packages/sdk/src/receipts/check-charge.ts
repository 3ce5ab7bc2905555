/** What providers or the fund took: at which price, how much, for which charge, and collateral of equal value for a debt. */
import { backstopCharge, chargeOfTaken } from '@mochila/math';
import { ReceiptAct, type ReceiptDocument, ReceiptMoment, type ReceiptNumbers, type ReceiptRow, ReceiptTerm } from '@mochila/protocol';
import type { Checks } from './checks.ts';
import { parameterOf, termOf } from './parameters.ts';
import { debtPartOf, notionalSum, type Part, partOf, realEquityAtTaking, takingTicks, tradedLots } from './parts.ts';

const PART = 'rule';

/** Checks a taking. */
export function checkTaking(document: ReceiptDocument, numbers: ReceiptNumbers, checks: Checks): void {
  checks.holds(PART, 'charge', termOf(numbers, ReceiptTerm.ChargeAtoms) !== null, 'it is told');
  for (const [at, act] of numbers.lines.acts.entries()) {
    if (act.act !== ReceiptAct.PerpFill) continue;
    checks.equal(PART, `price of act ${at + 1}`, act.priceTicks, takingTicks(numbers, act.market, act.lots < 0));
  }
  if (numbers.asset >= 0) {
    checkExchange(numbers, checks);
    if (numbers.version >= 2) checkDebtCharge(numbers, checks);
  } else checkPositionCharge(document, numbers, checks);
}

/** The charge of a position's part, and that no more than needed was taken. */
function checkPositionCharge(document: ReceiptDocument, numbers: ReceiptNumbers, checks: Checks): void {
  const charge = termOf(numbers, ReceiptTerm.ChargeAtoms);
  const line = numbers.lines.positions.find(({ moment, market }) => moment === ReceiptMoment.Before && market === numbers.market);
  const taken = Math.abs(tradedLots(numbers));
  if (charge === null || line === undefined || taken === 0) return;
  checks.equal(PART, 'charge of the whole', charge, chargeOfWhole(numbers, partOf(numbers, line)));
  const whole = Math.abs(line.sizeLots);
  if (taken <= whole && charge >= 0) {
    checks.equal(PART, 'charge of what was taken', chargePaid(numbers), 0 - chargeOfTaken(charge, taken, whole));
  }
  checks.equal(PART, 'taken', termOf(numbers, ReceiptTerm.TakenLots) ?? Number.NaN, taken);
  const needed = termOf(numbers, ReceiptTerm.NeededLots) ?? Number.NaN;
  const capacity = termOf(numbers, ReceiptTerm.Capacity) ?? Number.NaN;
  const whose = document.kind === 'FundTransfer' ? 'the fund' : 'providers';
  checks.equal(PART, `needed, within what ${whose} could take`, taken, Math.min(needed, capacity));
}

/**
 * The charge of a debt is of the whole of it as it stood before the first of its collaterals went; with a later one the part that
 * was taken before counts.
 */
function checkDebtCharge(numbers: ReceiptNumbers, checks: Checks): void {
  const [charge, whole] = [termOf(numbers, ReceiptTerm.ChargeAtoms), termOf(numbers, ReceiptTerm.WholeAtoms)];
  const line = numbers.lines.holdings.find(({ moment, asset }) => moment === ReceiptMoment.Before && asset === numbers.asset);
  const taken = sumOfActs(numbers, ReceiptAct.DebtPaid);
  const isTold = charge !== null && whole !== null && line !== undefined;
  checks.holds(PART, 'debt', isTold && whole > 0 && charge >= 0 && taken > 0, 'the whole of it and its charge are told, and some is paid');
  if (!isTold || whole <= 0 || charge < 0 || taken <= 0) return;
  const owed = 0 - line.asSettledAtoms;
  // Charges for what went with collaterals before this one are borrowed: they may have made a debt of USDC larger than it was.
  const isGood = taken <= owed && (owed <= whole || numbers.asset === numbers.usdc);
  checks.holds(PART, 'debt taken', isGood, 'no more than is owed');
  if (!isGood) return;
  if (owed === whole) checks.equal(PART, 'charge of the whole', charge, chargeOfWhole(numbers, debtPartOf(numbers, line)));
  const before = Math.max(0, whole - owed);
  const paid = chargeOfTaken(charge, Math.min(before + taken, whole), whole) - chargeOfTaken(charge, before, whole);
  checks.equal(PART, 'charge of what was taken', chargePaid(numbers), 0 - paid);
}

/** min(its share of real equity at the price of the taking, half its maintenance margin), USDC atoms. */
function chargeOfWhole(numbers: ReceiptNumbers, part: Part): number {
  const usdcUnit = numbers.assets[numbers.usdc]?.unitAtoms ?? Number.NaN;
  const charged = { realEquity: realEquityAtTaking(numbers), notionalSum: notionalSum(numbers), ...part };
  if (!(charged.notional <= charged.notionalSum)) return Number.NaN;
  return Math.floor(backstopCharge(charged, parameterOf(numbers, 'chargeMaintenanceShare')) * usdcUnit);
}

/** Collateral of equal value, each at the worse for the account of mark and index (ADR 0026). */
export function checkExchange(numbers: ReceiptNumbers, checks: Checks): void {
  const { lines, assets } = numbers;
  const given = lines.acts.find(({ act }) => act === ReceiptAct.CollateralGiven);
  const paid = sumOfActs(numbers, ReceiptAct.DebtPaid);
  checks.holds(PART, 'exchange', given !== undefined, 'collateral is given');
  if (given === undefined || paid === 0) return;
  const [debt, collateral] = [pricesOf(numbers, numbers.asset), pricesOf(numbers, given.asset)];
  const line = lines.holdings.find(({ moment, asset }) => moment === ReceiptMoment.Before && asset === given.asset);
  const [debtUnit, givenUnit] = [assets[numbers.asset]?.unitAtoms, assets[given.asset]?.unitAtoms];
  if (debt === undefined || collateral === undefined || line === undefined || debtUnit === undefined || givenUnit === undefined) {
    checks.fault(PART, 'a debt or its collateral has no price');
    return;
  }
  const owedPrice = Math.max(debt.mark, debt.index);
  const givenPrice = collateral.index > 0 ? Math.min(collateral.mark, collateral.index) : collateral.mark;
  const worth = Math.ceil((((paid / debtUnit) * owedPrice) / givenPrice) * givenUnit);
  const there = Math.min(line.freeAtoms + line.lentAtoms, line.asSettledAtoms);
  checks.equal(PART, 'collateral of equal value', sumOfActs(numbers, ReceiptAct.CollateralGiven), 0 - Math.min(there, worth));
}

function pricesOf({ lines }: ReceiptNumbers, ix: number): ReceiptRow<'assets'> | undefined {
  return lines.assets.find(({ asset }) => asset === ix);
}

function chargePaid(numbers: ReceiptNumbers): number {
  return sumOfActs(numbers, ReceiptAct.Charge);
}

/** Atoms of all acts of a kind. */
export function sumOfActs({ lines }: ReceiptNumbers, kind: number): number {
  return lines.acts.reduce((sum, { act, atoms }) => sum + (act === kind ? atoms : 0), 0);
}
