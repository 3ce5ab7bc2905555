/** Computes a receipt again from its own numbers, with the formulas the venue uses (`@mochila/math`). */
import { hashReceipt, ReceiptAct, type ReceiptDocument, ReceiptMoment, type ReceiptNumbers, readReceiptDocument } from '@mochila/protocol';
import { checkAccount, netOf } from './check-account.ts';
import { checkActs, checkNames, checkPlain } from './check-acts.ts';
import { checkWinner } from './check-deleveraging.ts';
import { checkPrices } from './check-prices.ts';
import { checkRules } from './check-rules.ts';
import { checkUnused } from './check-unused.ts';
import { Checks, type ReceiptCheck } from './checks.ts';

/** What came out. */
export type ReceiptVerdict = {
  /** True when every number matches. */
  readonly isGood: boolean;
  readonly checks: readonly ReceiptCheck[];
};

/**
 * Computes a receipt again: indexes from their sources, marks layer by layer, equity and margin line by line, the rule,
 * and that before and the acts make after. Asks nobody.
 *
 * @param receipt as `getReceipt` answers it
 * @returns every comparison; nothing is thrown for a receipt that does not match
 * @example
 * const { isGood, checks } = verifyReceipt(await getReceipt(client, { id }));
 * console.log(isGood, checks.filter((check) => !check.isGood));
 */
export function verifyReceipt(receipt: ReceiptDocument): ReceiptVerdict {
  const checks = new Checks();
  const numbers = readReceiptDocument(receipt);
  for (const fault of numbers.faults) checks.fault('numbers', fault);
  checks.holds('numbers', 'whole', receipt.actsOmitted === '0', 'no act was left out');
  checkHead(receipt, checks);
  // Formulas refuse what no receipt can say (a negative weight, a fraction of a second): that is a mismatch, not a fault of ours.
  try {
    checkNumbers(receipt, numbers, checks);
  } catch (error) {
    checks.fault('numbers', `they cannot be computed with: ${error instanceof Error ? error.message : String(error)}`);
  }
  const hash = hashReceipt(receipt);
  checks.all.push({ part: 'hash', what: 'SHA-256', isGood: hash === receipt.hash, found: receipt.hash, computed: hash });
  return { isGood: checks.all.every(({ isGood }) => isGood), checks: checks.all };
}

const KNOWN_RULES: ReadonlySet<string> = new Set(['liquidation/1', 'liquidation/2', 'liquidation/3']);

function checkHead({ id, sequence, rules }: ReceiptDocument, checks: Checks): void {
  checks.holds('numbers', 'id', /^\d+-\d+$/.test(id) && id.startsWith(`${sequence}-`), 'it begins with the sequence');
  checks.holds('numbers', 'rules', KNOWN_RULES.has(rules), `rules that this program knows: ${[...KNOWN_RULES].join(', ')}`);
}

function checkNumbers(receipt: ReceiptDocument, numbers: ReceiptNumbers, checks: Checks): void {
  if (receipt.kind === 'SettlementBorrow') {
    checkSettlement(numbers, checks);
    checkActs(numbers, checks);
    checkNames(receipt, numbers, checks);
    return;
  }
  checkPrices(numbers, checks);
  if (numbers.version >= 2) checkUnused(receipt, numbers, checks);
  checkNames(receipt, numbers, checks);
  if (receipt.role !== 'Owner') {
    checkPlain(numbers, checks);
    if (numbers.version >= 2) checkWinner(numbers, checks);
    return;
  }
  checkAccount(numbers, ReceiptMoment.Before, checks);
  checkAccount(numbers, ReceiptMoment.After, checks);
  checkActs(numbers, checks);
  checkRules(receipt, numbers, checks);
}

/** A loss met from free cash, then lends, then a borrow (lending rules 3). */
function checkSettlement({ lines, assets, usdc }: ReceiptNumbers, checks: Checks): void {
  const [before, after, ...more] = lines.holdings;
  checks.holds(
    'settlement',
    'lines',
    more.length === 0 && before?.moment === ReceiptMoment.Before && after?.moment === ReceiptMoment.After,
    'one before, one after',
  );
  if (before === undefined || after === undefined) return;
  const symbol = assets[usdc]?.symbol ?? 'USDC';
  for (const line of [before, after]) {
    checks.equal('settlement', `${symbol} as if settled`, line.asSettledAtoms, netOf(line));
    const rest = line.price + line.value + line.fraction + line.counted + line.exposure;
    checks.equal('settlement', 'values', rest, 0);
  }
  const atomsOf = (act: number): number => lines.acts.reduce((sum, line) => sum + (line.act === act ? line.atoms : 0), 0);
  const [delta, borrowed, redeemed] = [atomsOf(ReceiptAct.Settled), atomsOf(ReceiptAct.Borrowed), atomsOf(ReceiptAct.Redeemed)];
  checks.equal('settlement', 'borrowed', borrowed, after.debtAtoms - before.debtAtoms);
  checks.equal('settlement', 'redeemed', redeemed, before.lentAtoms - after.lentAtoms);
  checks.equal('settlement', 'from free cash', before.freeAtoms - after.freeAtoms, 0 - delta - borrowed - redeemed);
  checks.equal('settlement', 'held', after.heldAtoms, before.heldAtoms);
  checks.holds('settlement', 'order of payment', borrowed > 0 && after.lentAtoms === 0, 'a borrow comes after free cash and lends');
}
