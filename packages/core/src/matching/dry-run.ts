/**
 * FOK is decided before anything is written (accounts.md 5): a walk over the book with the same guard, adding up what
 * each side would have by then.
 */
import { ExpiryReason, SelfTradePrevention, Side } from '@mochila/protocol';
import { bestSlot, nextSlot } from '../book/book.ts';
import { selfTradePreventionOf } from '../book/order-flags.ts';
import type { Market } from '../markets.ts';
import type { State } from '../state.ts';
import { guardMaker, guardTaker } from './fill-guard.ts';
import { isBeyond } from './price-bounds.ts';
import type { SweepRules } from './sweep.ts';

/** What one maker account would have filled so far. */
interface MakerSoFar {
  account: number;
  lots: number;
}

/** True when the taker in `takerSlot` would be filled to the last lot. Writes nothing. */
export function canFillWhole(state: State, market: Market, takerSlot: number, rules: SweepRules): boolean {
  const { orders } = state;
  const side = orders.side[takerSlot]!;
  const makers: MakerSoFar[] = [];
  const quoteAtoms = orders.quoteAtoms[takerSlot]!;
  let leftLots = quoteAtoms > 0 ? Number.POSITIVE_INFINITY : orders.lots[takerSlot]!;
  let leftQuote = quoteAtoms > 0 ? quoteAtoms : Number.POSITIVE_INFINITY;
  let takenLots = 0;
  let worstTicks = 0;
  for (let slot = bestSlot(market.book, orders, side === Side.Bid ? Side.Ask : Side.Bid); slot >= 0; slot = nextSlot(market.book, orders, slot)) {
    const priceTicks = orders.priceTicks[slot]!;
    const wanted = Math.min(leftLots, Math.floor(leftQuote / (priceTicks * market.k)));
    if (wanted <= 0) break;
    if (isBeyond(side, priceTicks, rules.bound.ticks) || (rules.limitTicks > 0 && isBeyond(side, priceTicks, rules.limitTicks))) return false;
    const isOwn = state.accounts.user[orders.account[slot]!] === state.accounts.user[orders.account[takerSlot]!];
    if (isOwn && selfTradePreventionOf(orders.kind[takerSlot]!) !== SelfTradePrevention.RejectMaker) return false;
    if (isOwn) continue;
    const lots = Math.min(wanted, orders.lots[slot]!);
    if (!makerStands(state, market, slot, lots, priceTicks, makers)) continue;
    takenLots += lots;
    leftLots -= lots;
    leftQuote -= lots * priceTicks * market.k;
    worstTicks = priceTicks;
  }
  const isWhole = quoteAtoms > 0 ? leftQuote < worstTicks * market.k : leftLots === 0;
  if (takenLots === 0 || !isWhole) return false;
  return guardTaker(state, market, takerSlot, takenLots, worstTicks, rules.lowersRisk) === ExpiryReason.None;
}

/** Whether a maker would stand with this fill and all its fills before, each valued at its worst price for it. */
function makerStands(state: State, market: Market, slot: number, lots: number, priceTicks: number, makers: MakerSoFar[]): boolean {
  const account = state.orders.account[slot]!;
  let maker = makers.find((seen) => seen.account === account);
  if (maker === undefined) {
    maker = { account, lots: 0 };
    makers.push(maker);
  }
  if (guardMaker(state, market, slot, maker.lots + lots, priceTicks) !== ExpiryReason.None) return false;
  maker.lots += lots;
  return true;
}
