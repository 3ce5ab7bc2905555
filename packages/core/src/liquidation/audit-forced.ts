/** Checks what backstop, fund and debt notes keep of themselves, from the rows up: part of the audit of the whole state. */
import { orderSlotOf } from '../book/orders.ts';
import { accountLimitOrders, accountNoteHead, accountPositionHead, accountTriggerOrders, FUND_ACCOUNT } from '../ledger/accounts.ts';
import { nextPosition, positionSizeLots } from '../risk/positions.ts';
import type { State } from '../state.ts';
import { findPosting, offerOf } from './backstop/offer.ts';

/** @param broken - one sentence is added for each broken rule. Linear in postings, notes and accounts. */
export function auditForced(state: State, broken: string[]): void {
  auditPostings(state, broken);
  auditNotes(state, broken);
  for (const { ix, symbol } of state.markets) {
    const slot = orderSlotOf(state.orders, state.fund.unwindOrderId[ix]!);
    if (slot < 0) continue;
    const isFunds = state.orders.account[slot] === FUND_ACCOUNT && state.orders.market[slot] === ix;
    if (!isFunds) broken.push(`INV-15: the fund's order in ${symbol} is another's`);
  }
}

function auditPostings(state: State, broken: string[]): void {
  const { backstop } = state;
  for (let row = 0; row < backstop.used; row += 1) {
    const account = backstop.account[row]!;
    const name = `posting of account ${account} in market ${backstop.market[row]!}`;
    if (findPosting(state, account, backstop.market[row]!) !== row) broken.push(`INV-15: ${name} is not its account's only one`);
    const { capitalAtoms, notionalAtoms, minuteAtoms, hourAtoms } = offerOf(state, row);
    if (!(Math.min(capitalAtoms, notionalAtoms, minuteAtoms, hourAtoms) >= 0)) broken.push(`INV-15: ${name} offers less than nothing`);
  }
}

/** INV-14: who owes on a note has no position, no order and no lend; a note is of something and of its account. */
function auditNotes(state: State, broken: string[]): void {
  const { notes, accounts, positions } = state;
  let linked = 0;
  for (let account = 0; account < accounts.used; account += 1) {
    for (let row = accountNoteHead(accounts, account); row >= 0; row = notes.next[row]!) {
      linked += 1;
      if (notes.account[row] !== account || !(notes.leftAtoms[row]! > 0))
        broken.push(`INV-14: note ${notes.id[row]!} is of nobody or nothing`);
    }
    if (accountNoteHead(accounts, account) < 0) continue;
    if (accountLimitOrders(accounts, account) + accountTriggerOrders(accounts, account) > 0)
      broken.push(`INV-14: account ${account} has orders beside a debt note`);
    for (let row = accountPositionHead(accounts, account); row >= 0; row = nextPosition(positions, row))
      if (positionSizeLots(positions, row) !== 0) broken.push(`INV-14: account ${account} has a position beside a debt note`);
  }
  if (linked !== notes.live) broken.push(`INV-14: ${notes.live} notes stand, accounts have ${linked}`);
}
