/** What a posting offers now, notices that have ended counted, and how it is changed. */
import { accountPostingHead, setAccountPostingHead } from '../../ledger/accounts.ts';
import type { State } from '../../state.ts';
import { isTableFull, takeRow } from '../../table.ts';
import { carriedOf } from './carried.ts';

/** The four figures of a posting in USDC atoms. */
export interface Offer {
  /** Ring-fenced capital. */
  capitalAtoms: number;
  /** Notional carried at once, taken in a minute, taken in an hour, at most. */
  notionalAtoms: number;
  minuteAtoms: number;
  hourAtoms: number;
}

const FIGURES = ['capitalAtoms', 'notionalAtoms', 'minuteAtoms', 'hourAtoms'] as const;
const NEXT = {
  capitalAtoms: 'nextCapitalAtoms',
  notionalAtoms: 'nextNotionalAtoms',
  minuteAtoms: 'nextMinuteAtoms',
  hourAtoms: 'nextHourAtoms',
} as const;

/** RowIx of an account's posting in a market, or -1. */
export function findPosting(state: State, account: number, market: number): number {
  const { backstop } = state;
  let row = accountPostingHead(state.accounts, account);
  while (row >= 0 && backstop.market[row] !== market) row = backstop.next[row]!;
  return row;
}

/** True while a reduction of the posting waits for the end of its notice. */
export function isOnNotice(state: State, row: number): boolean {
  return state.backstop.nextAtMicros[row]! > state.timeMicros;
}

/** What the posting offers now; a reduction counts once its notice has ended. Writes nothing. */
export function offerOf(state: State, row: number): Offer {
  const { backstop } = state;
  const isOver = backstop.nextAtMicros[row]! > 0 && !isOnNotice(state, row);
  const offer: Offer = { capitalAtoms: 0, notionalAtoms: 0, minuteAtoms: 0, hourAtoms: 0 };
  for (const figure of FIGURES) offer[figure] = isOver ? backstop[NEXT[figure]][row]! : backstop[figure][row]!;
  return offer;
}

/** What the posting will offer when a running notice has ended; what it offers now without one. */
export function nextOfferOf(state: State, row: number): Offer {
  const { backstop } = state;
  if (!isOnNotice(state, row)) return offerOf(state, row);
  const offer: Offer = { capitalAtoms: 0, notionalAtoms: 0, minuteAtoms: 0, hourAtoms: 0 };
  for (const figure of FIGURES) offer[figure] = backstop[NEXT[figure]][row]!;
  return offer;
}

/** What a posting would offer at once if it were changed: the larger of both, figure by figure. */
export function offerAtOnce(now: Offer, wanted: Offer): Offer {
  return {
    capitalAtoms: Math.max(now.capitalAtoms, wanted.capitalAtoms),
    notionalAtoms: Math.max(now.notionalAtoms, wanted.notionalAtoms),
    minuteAtoms: Math.max(now.minuteAtoms, wanted.minuteAtoms),
    hourAtoms: Math.max(now.hourAtoms, wanted.hourAtoms),
  };
}

/**
 * Changes a posting: what grows, grows at once, what shrinks does so after the notice, all four figures together. A notice
 * that runs goes on when nothing is taken back beyond it, else it begins anew.
 */
export function changeOffer(state: State, row: number, wanted: Offer): void {
  const { backstop, genesis } = state;
  const now = offerOf(state, row);
  const pending = nextOfferOf(state, row);
  const wasOnNotice = isOnNotice(state, row);
  const atOnce = offerAtOnce(now, wanted);
  const shrinks = FIGURES.some((figure) => wanted[figure] < atOnce[figure]);
  const goesFurther = FIGURES.some((figure) => wanted[figure] < pending[figure]);
  for (const figure of FIGURES) {
    backstop[figure][row] = atOnce[figure];
    backstop[NEXT[figure]][row] = wanted[figure];
  }
  if (!shrinks) backstop.nextAtMicros[row] = 0;
  else if (!wasOnNotice || goesFurther)
    backstop.nextAtMicros[row] = state.timeMicros + genesis.liquidation.providerNoticeSeconds * 1_000_000;
}

/** True when there is a row for a posting more: a free one, or that of a posting which ended and left nothing behind. */
export function hasRoomForPosting(state: State): boolean {
  return !isTableFull(state.backstop) || endedRow(state) >= 0;
}

/** Makes an empty posting. The caller asked {@link hasRoomForPosting}. */
export function openPosting(state: State, account: number, market: number): number {
  const { backstop, accounts } = state;
  const row = isTableFull(backstop) ? reuseRow(state, endedRow(state)) : takeRow(backstop);
  backstop.account[row] = account;
  backstop.market[row] = market;
  backstop.next[row] = accountPostingHead(accounts, account);
  backstop.tookSecond[row] = -1;
  backstop.tookMinute[row] = -1;
  setAccountPostingHead(accounts, account, row);
  return row;
}

/** RowIx of the oldest row without capital whose provider carries nothing any more, or -1. O(postings). */
function endedRow(state: State): number {
  for (let row = 0; row < state.backstop.used; row += 1)
    if (offerOf(state, row).capitalAtoms === 0 && carriedOf(state, row) === 0) return row;
  return -1;
}

/** Takes the row of a posting that ended away from its account. */
function reuseRow(state: State, row: number): number {
  const { backstop, accounts } = state;
  const account = backstop.account[row]!;
  if (accountPostingHead(accounts, account) === row) setAccountPostingHead(accounts, account, backstop.next[row]!);
  else {
    let before = accountPostingHead(accounts, account);
    while (backstop.next[before] !== row) before = backstop.next[before]!;
    backstop.next[before] = backstop.next[row]!;
  }
  backstop.carried[row] = 0;
  backstop.nextAtMicros[row] = 0;
  for (const figure of FIGURES) backstop[figure][row] = 0;
  return row;
}
