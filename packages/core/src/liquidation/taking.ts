/**
 * Stages 2 and 3: a desk takes positions and debts over, part by part, the largest maintenance first, and only as much as
 * brings the account back to liquidation-end (liquidation rules 2).
 */
import { PriceGrade } from '@mochila/protocol';
import { accountHoldingHead } from '../ledger/accounts.ts';
import { holdingAsset, nextHolding } from '../ledger/holdings.ts';
import type { State } from '../state.ts';
import { collateralsOf, givableAtoms } from './collateral-of.ts';
import type { Desk } from './desk.ts';
import { type ExposedPart, exposedParts } from './exposed-parts.ts';
import { isRestored } from './restore.ts';
import { takeDebt } from './take-debt.ts';
import { takePosition } from './take-position.ts';
import { realEquityAtTaking } from './taking-price.ts';
import { movesLeft } from './work.ts';

/** How a desk's part of a turn ended. */
export const TakingEnd = {
  /** The account is back at liquidation-end. */
  Restored: 0,
  /** All that is left at risk waits for a price. */
  Waiting: 1,
  /** The desk may take no more, or nothing at all because real equity at the price of a taking is negative. */
  Exhausted: 2,
  /** It may take more, in the next command. */
  Unfinished: 3,
} as const;
/** How a desk's part of a turn ended. */
export type TakingEnd = (typeof TakingEnd)[keyof typeof TakingEnd];

/** Lets a desk take from an account. O(parts of the account * seats), 60 healths for a seat at most. */
export function takeOver(state: State, account: number, desk: Desk): TakingEnd {
  if (realEquityAtTaking(state, account) < 0) return TakingEnd.Exhausted;
  let hasTaken = false;
  for (const part of exposedParts(state, account)) {
    if (isRestored(state, account)) return TakingEnd.Restored;
    if (part.isStale) continue;
    // Only what took something goes on in another command: the next one would find no more either.
    if (hasTaken && movesLeft(state) === 0) return TakingEnd.Unfinished;
    if (part.market >= 0 ? takePosition(state, account, part, desk) : takeDebt(state, account, part, desk)) hasTaken = true;
  }
  if (isRestored(state, account)) return TakingEnd.Restored;
  if (hasTaken && movesLeft(state) === 0) return TakingEnd.Unfinished;
  return exposedParts(state, account).every((part) => waitsForPrice(state, account, part)) ? TakingEnd.Waiting : TakingEnd.Exhausted;
}

/** A position or debt whose price is stale, or a debt all of whose collateral is: nobody's capacity is exhausted by it. */
function waitsForPrice(state: State, account: number, part: ExposedPart): boolean {
  if (part.isStale) return true;
  return part.asset >= 0 && ownsStale(state, account) && collateralsOf(state, account, part.asset).length === 0;
}

function ownsStale(state: State, account: number): boolean {
  const { holdings } = state;
  for (let row = accountHoldingHead(state.accounts, account); row >= 0; row = nextHolding(holdings, row)) {
    const asset = holdingAsset(holdings, row);
    if (state.assets[asset]!.price.grade === PriceGrade.Stale && givableAtoms(state, account, asset) > 0) return true;
  }
  return false;
}
