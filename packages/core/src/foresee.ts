/**
 * Looking ahead: reads the rows that the fills still to come will ask for, so that they are in the cache by then.
 *
 * A row of one account among a hundred thousand is a miss of every cache (140 ns on an AMD EPYC, 2026-11-22), and a fill asks
 * for a dozen of them, one after the other. Those of several makers are independent of one another and arrive together: what
 * would be waited for a dozen times is waited for three times a taker. Nothing is written and nothing is decided here: a maker
 * looked at or not, every outcome is the same.
 */
import { type Book, bestSlot, nextSlot } from './book/book.ts';
import { accountHoldingHead, accountPositionHead, accountUser } from './ledger/accounts.ts';
import { holdingAsset, nextHolding } from './ledger/holdings.ts';
import { WORTH_WORDS } from './ledger/ledger-scratch.ts';
import { ROW_WORDS as LOSS_WORDS } from './risk/order-loss-sums.ts';
import { positionFundingAtoms, positionMarket, positionReduceOnlyCount } from './risk/positions.ts';
import type { State } from './state.ts';

/** What the row of an account points to: its user, its first position with the losses of orders there, its first holding. */
function foreseeHeads(state: State, account: number): number {
  const { accounts, identity, holdings, positions, scratch } = state;
  const position = accountPositionHead(accounts, account);
  const holding = accountHoldingHead(accounts, account);
  const user = accountUser(accounts, account);
  let sum = identity.users.feeTier[user]! + identity.users.volumeToday[user]!;
  if (holding >= 0) sum += holdingAsset(holdings, holding);
  if (position >= 0) sum += positionMarket(positions, position) + scratch.orderLoss.words[position * LOSS_WORDS]!;
  return sum;
}

/** What a health walks: every holding of the account, and what its shares were last worth. */
function foreseeHealth(state: State, account: number): number {
  const { holdings, scratch } = state;
  let sum = 0;
  for (let row = accountHoldingHead(state.accounts, account); row >= 0; row = nextHolding(holdings, row))
    sum += scratch.ledger.worths[row * WORTH_WORDS]!;
  return sum;
}

/** What a fill writes beside the rows of a health. */
function foreseeFill(state: State, account: number, position: number): number {
  const { holdings, positions, scratch } = state;
  const first = accountHoldingHead(state.accounts, account);
  const sum = positionReduceOnlyCount(positions, position) + positionFundingAtoms(positions, position);
  return first < 0 ? sum : sum + holdings.base[first]! + holdings.openedSeq[first]! + scratch.ledger.moveHead[first]!;
}

/** Most makers looked at ahead of a taker. */
const MAKERS_MAX = 8;
const makers = new Int32Array(MAKERS_MAX);

/** Reads what the makers that a taker of `lots` would meet on a side of a book will be asked for, before it meets the first. */
export function foreseeMakers(state: State, book: Book, side: number, lots: number): void {
  const { orders } = state;
  let count = 0;
  let left = lots;
  for (let slot = bestSlot(book, orders, side); slot >= 0 && left > 0 && count < MAKERS_MAX; slot = nextSlot(book, orders, slot)) {
    makers[count] = slot;
    left -= orders.lots[slot]!;
    count += 1;
  }
  let sum = 0;
  for (let at = 0; at < count; at += 1) sum += accountUser(state.accounts, orders.account[makers[at]!]!);
  for (let at = 0; at < count; at += 1) sum += foreseeHeads(state, orders.account[makers[at]!]!);
  for (let at = 0; at < count; at += 1) {
    const slot = makers[at]!;
    const account = orders.account[slot]!;
    sum += foreseeHealth(state, account) + foreseeFill(state, account, orders.positionRow[slot]!);
  }
  state.scratch.foreseen = sum;
}
