/** What fills come to for one side: the numbers the fill guard judges. */
import { tradeFee } from '@mochila/math';
import { MarketType } from '@mochila/protocol';
import { asAtoms, asPpm } from '@mochila/units';
import { OrderFlag } from '../book/order-flags.ts';
import { feePpm } from '../identity/fee-tiers.ts';
import { accountUser } from '../ledger/accounts.ts';
import type { Market } from '../markets.ts';
import type { State } from '../state.ts';

/**
 * What one side gives and gets: of one fill, or in a dry run of this fill and all of the same side before it.
 * One instance is reused by the sweep.
 */
export interface FillSums {
  lots: number;
  /** Quote atoms. */
  notional: number;
  /** Quote atoms of this side, rounded fill by fill; negative is a rebate. */
  fee: number;
  /** Lots that leave the side's own resting orders, reduce-only ones left out. */
  fromBookLots: number;
  /** Atoms its own orders held for these fills. */
  holdAtoms: number;
  /** Atoms that others borrowed before it in the same dry run, of what this side pays with. */
  borrowedBefore: number;
}

/** Makes empty sums. */
export function createFillSums(): FillSums {
  return { lots: 0, notional: 0, fee: 0, fromBookLots: 0, holdAtoms: 0, borrowedBefore: 0 };
}

/** Empties the sums for the next account. */
export function clearFillSums(sums: FillSums): void {
  sums.lots = 0;
  sums.notional = 0;
  sums.fee = 0;
  sums.fromBookLots = 0;
  sums.holdAtoms = 0;
  sums.borrowedBefore = 0;
}

/** Adds a fill of the resting order in `slot`: its lots leave the book and its hold covers it. */
export function addMakerFill(state: State, market: Market, slot: number, lots: number, priceTicks: number, sums: FillSums): void {
  const { orders } = state;
  addFill(state, market, slot, lots, priceTicks, true, sums);
  if ((orders.flags[slot]! & OrderFlag.ReduceOnly) === 0) sums.fromBookLots += lots;
  sums.holdAtoms += orders.holdAtoms[slot]!;
}

/** Adds a fill of the taker in `slot`. */
export function addTakerFill(state: State, market: Market, slot: number, lots: number, priceTicks: number, sums: FillSums): void {
  addFill(state, market, slot, lots, priceTicks, false, sums);
}

function addFill(state: State, market: Market, slot: number, lots: number, priceTicks: number, isMaker: boolean, sums: FillSums): void {
  const notional = priceTicks * lots * market.k;
  const ratePpm = feePpm(state, accountUser(state.accounts, state.orders.account[slot]!), market.type === MarketType.SPOT, isMaker);
  sums.lots += lots;
  sums.notional += notional;
  sums.fee += tradeFee(asAtoms(notional), asPpm(ratePpm));
}
