/**
 * Looking ahead: reads the rows that commands still to come will ask for, so that they are in the cache by then.
 *
 * A row of one account among a hundred thousand is a miss of every cache (140 ns on an AMD EPYC, 2026-11-22), and an order asks
 * for a dozen of them, one after the other. Those of several commands are independent of one another and arrive together: what
 * would be waited for a dozen times is waited for three times a batch. Nothing is written and nothing is decided here; a
 * command foreseen or not has the same outcome.
 */
import { commands, recordCode } from '@mochila/protocol';
import { type Book, bestSlot, nextSlot } from './book/book.ts';
import { keyAccount, keyTag } from './identity/keys.ts';
import { foreseeSeen } from './identity/replay.ts';
import { accountHoldingHead, accountPositionHead, accountUser } from './ledger/accounts.ts';
import { holdingAsset, nextHolding } from './ledger/holdings.ts';
import { WORTH_WORDS } from './ledger/ledger-scratch.ts';
import { ROW_WORDS as LOSS_WORDS } from './risk/order-loss-sums.ts';
import { positionFundingAtoms, positionMarket, positionReduceOnlyCount } from './risk/positions.ts';
import type { State } from './state.ts';

const PLACE = commands.placeOrder.code;
const CANCEL = commands.cancelOrder.code;

/** Where in a record the fields stand that are looked at: those of the header are the same in every user command. */
const ACCOUNT = 1;
const KEY = 2;
const SIGN_HI = 6;
const SIGN_LO = 7;
const CANCELLED = 13;

/** Steps of a look ahead: each follows what the one before has brought. */
export const FORESEE_STEPS = 3;

/**
 * Reads what the command at `offset` will ask for: all commands of a batch in step 0, then all in step 1, then all in step 2.
 * Orders and cancels alone; other records are passed over.
 *
 * @param words - holds the record; what it names need not exist, authorisation is later.
 * @param step - 0 to {@link FORESEE_STEPS} - 1.
 */
export function foresee(state: State, words: Float64Array, offset: number, step: number): void {
  const code = recordCode(words, offset);
  if (code !== PLACE && code !== CANCEL) return;
  const account = words[offset + ACCOUNT]! | 0;
  if (account < 0 || account >= state.accounts.used) return;
  const key = words[offset + KEY]! | 0;
  const keyRow = key >= 0 && key < state.identity.keys.used ? key : 0;
  const { scratch } = state;
  if (step === 0)
    scratch.foreseen = foreseeSender(state, account, keyRow) + (code === CANCEL ? foreseeOrder(state, words[offset + CANCELLED]!) : 0);
  else if (step === 1)
    scratch.foreseen =
      foreseeHeads(state, account) +
      foreseeSeen(state.identity.replay, keyTag(state.identity.keys, keyRow), words[offset + SIGN_HI]!, words[offset + SIGN_LO]!);
  else if (code === PLACE) scratch.foreseen = foreseeHealth(state, account);
}

/** The rows of the sender and of its key. */
function foreseeSender(state: State, account: number, key: number): number {
  return accountUser(state.accounts, account) + keyAccount(state.identity.keys, key);
}

/** The order that would be cancelled. */
function foreseeOrder({ orders }: State, orderId: number): number {
  const slot = (orderId % orders.capacity) | 0;
  if (slot < 0) return 0;
  return orders.positionRow[slot]! + orders.links[slot << 2]! + orders.lots[slot]! + orders.accountPrev[slot]!;
}

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
