/** Live questions (protocol/queries.ts), answered from the state as it is; nothing is written. */
import {
  type Answer,
  type Ask,
  type KeyAnswer,
  type OrderView,
  type Queries,
  type QueryName,
  type StatusAnswer,
  WithdrawalStatus,
} from '@mochila/protocol';
import { levelAt, levelCount } from '../book/book.ts';
import { findOpenOrder } from '../commands/cancel-order.ts';
import { keyAccount, keyGeneration, keyIsRevoked, keyPermissions, keyUser, publicKeyOf } from '../identity/keys.ts';
import { auditState } from '../invariants.ts';
import { accountPositionHead } from '../ledger/accounts.ts';
import { poolAnswers } from '../lending/pool-answer.ts';
import { orderViewOf } from '../matching/order-view.ts';
import { explainMark } from '../pricing/explain-mark.ts';
import { nextPosition, positionMarket, positionOrderHead } from '../risk/positions.ts';
import type { State } from '../state.ts';
import { accountAnswer, subaccountAnswers } from './account-answer.ts';
import { borrowLendAnswers, borrowLiquidationPrice } from './borrow-lend-answer.ts';
import { backstopAnswers, backstopCapacityAnswers, debtNoteAnswers, fundAnswer } from './forced-answers.ts';
import { holdingAnswers, marginAnswer } from './margin-answer.ts';
import { marketAnswers } from './market-answer.ts';
import { maxBorrow, maxOrder, maxWithdrawal } from './max-answers.ts';
import { positionAnswers } from './position-answer.ts';
import { copyForStress } from './stress/copy-for-stress.ts';
import { runStress } from './stress/run-stress.ts';
import { withdrawalAnswers } from './withdrawal-answer.ts';

type Handlers = { readonly [N in QueryName]: (state: State, ask: Queries[N]['ask']) => Queries[N]['answer'] };

const handlers: Handlers = {
  account: (state, ask) => accountAnswer(state, ask.account),
  holdings: (state, ask) => holdingAnswers(state, ask.account),
  margin: (state, ask) => marginAnswer(state, ask.account),
  positions: (state, ask) => positionAnswers(state, ask.account),
  borrowLend: (state, ask) => borrowLendAnswers(state, ask.account),
  openOrders: (state, ask) => openOrders(state, ask.account, ask.market),
  order: (state, ask) => findOrder(state, ask),
  maxOrder,
  maxBorrow: (state, ask) => maxBorrow(state, ask.account, ask.asset),
  maxWithdrawal,
  borrowLiquidationPrice: (state, ask) => borrowLiquidationPrice(state, ask.account, ask.asset),
  pools: (state) => poolAnswers(state),
  markets: (state) => marketAnswers(state),
  listings: (state) => ({ assets: state.assets.map(({ listing }) => listing), markets: state.markets.map(({ listing }) => listing) }),
  explainMark: (state, ask) => explainMark(state, ask.market),
  depth: (state, ask) => depth(state, ask.market, ask.levels),
  subaccounts: (state, ask) => subaccountAnswers(state, ask.user),
  keys: (state, ask) => keys(state, ask.user),
  allKeys: (state) => keys(state, -1),
  withdrawals: (state, ask) => withdrawalAnswers(state, ask.account),
  openWithdrawals: (state) => withdrawalAnswers(state, -1).filter((row) => row.status === WithdrawalStatus.Pending),
  allOpenOrders: (state, ask) => allOpenOrders(state, ask.afterSlot, ask.limit),
  backstop: (state, ask) => backstopAnswers(state, ask.account),
  backstopCapacity: (state) => backstopCapacityAnswers(state),
  fund: (state) => fundAnswer(state),
  debtNotes: (state, ask) => debtNoteAnswers(state, ask.account),
  stress: (state, ask) => runStress(copyForStress(state, ask.account), ask.shocks, ask.seconds),
  stressCopy: (state, ask) => copyForStress(state, ask.account),
  status: (state) => status(state),
  audit: (state) => auditState(state),
};

/**
 * @param ask - indexes of listed markets, assets and opened accounts: gateways take them from what exists.
 * @throws AssertionError for an index that names nothing.
 */
export function answerQuery<N extends QueryName>(state: State, name: N, ask: Ask<N>): Answer<N> {
  return handlers[name](state, ask);
}

/** @param market - MarketIx, or -1 for all. */
function openOrders(state: State, account: number, market: number): OrderView[] {
  const { positions, orders, accounts } = state;
  const found: OrderView[] = [];
  for (let row = accountPositionHead(accounts, account); row >= 0; row = nextPosition(positions, row)) {
    if (market >= 0 && positionMarket(positions, row) !== market) continue;
    for (let slot = positionOrderHead(positions, row); slot >= 0; slot = orders.accountNext[slot]!) found.push(orderViewOf(state, slot));
  }
  return found;
}

function findOrder(state: State, ask: Ask<'order'>): OrderView | null {
  const slot = findOpenOrder(state, ask.account, ask.market, ask.orderId, ask.clientId);
  return slot < 0 ? null : orderViewOf(state, slot);
}

function allOpenOrders(state: State, afterSlot: number, limit: number): Answer<'allOpenOrders'> {
  const { orders } = state;
  const found: OrderView[] = [];
  let slot = afterSlot + 1;
  for (; slot < orders.used && found.length < limit; slot += 1) if (orders.account[slot]! >= 0) found.push(orderViewOf(state, slot));
  return { orders: found, nextSlot: slot < orders.used ? slot - 1 : -1 };
}

function depth(state: State, market: number, levels: number): Answer<'depth'> {
  const { book } = state.markets[market]!;
  return { market, updateId: book.updateId, bids: sideLevels(state, market, 0, levels), asks: sideLevels(state, market, 1, levels) };
}

function sideLevels(state: State, market: number, side: number, levels: number): [number, number][] {
  const { book } = state.markets[market]!;
  const count = Math.min(levels, levelCount(book, side));
  return Array.from({ length: count }, (_, at) => {
    const level = levelAt(book, side, at);
    return [level.priceTicks, level.lots];
  });
}

/** @param user - UserIx, or -1 for all. */
function keys(state: State, user: number): KeyAnswer[] {
  const { keys } = state.identity;
  const found: KeyAnswer[] = [];
  for (let key = 0; key < keys.used; key += 1) {
    if (keyIsRevoked(keys, key) === 1 || keyGeneration(keys, key) === 0 || (user >= 0 && keyUser(keys, key) !== user)) continue;
    found.push({
      key,
      generation: keyGeneration(keys, key),
      user: keyUser(keys, key),
      account: keyAccount(keys, key),
      permissions: keyPermissions(keys, key),
      publicKey: hexOf(publicKeyOf(keys, key)),
    });
  }
  return found;
}

function status(state: State): StatusAnswer {
  return {
    seq: state.seq,
    timeMicros: state.timeMicros,
    epoch: state.settlement.epoch,
    isSandbox: state.genesis.sandbox,
    accounts: state.accounts.live,
    openOrders: state.orders.live,
    stateHash: '',
  };
}

function hexOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}
