/**
 * FOK is decided before anything is written (accounts.md 5): a walk over the book with the same guard, adding up what
 * each side would have by then, fee by fee. Where it cannot know it is the stricter one: a maker the guard stopped once
 * counts no more, so the sweep that follows finds at least as much.
 */
import { ExpiryReason, MarketType, SelfTradePrevention, Side } from '@mochila/protocol';
import { bestSlot, nextSlot } from '../book/book.ts';
import { OrderFlag, selfTradePreventionOf } from '../book/order-flags.ts';
import { accountUser } from '../ledger/accounts.ts';
import { findHolding, ownedAtomsOf } from '../ledger/holding-rows.ts';
import type { Market } from '../markets.ts';
import { positionSizeLots } from '../risk/positions.ts';
import type { State } from '../state.ts';
import { guardMaker, guardTaker, spotPayAtoms } from './fill-guard.ts';
import { addMakerFill, addTakerFill, createFillSums, type FillSums } from './fill-sums.ts';
import { payAssetOf } from './open-orders.ts';
import { isBeyond } from './price-bounds.ts';
import { closableLots } from './reduce-only.ts';
import type { SweepRules } from './sweep.ts';

/** What one maker account would have filled so far. */
interface MakerSoFar {
  account: number;
  sums: FillSums;
  isOut: boolean;
}

/** The walk so far. */
interface Walk {
  makers: MakerSoFar[];
  taker: FillSums;
  leftLots: number;
  leftQuote: number;
  lastTicks: number;
  /** Atoms borrowed by makers. */
  borrowed: number;
}

/** True when the taker in `takerSlot` would be filled to the last lot. Writes nothing. */
export function canFillWhole(state: State, market: Market, takerSlot: number, rules: SweepRules): boolean {
  const { orders } = state;
  const otherSide = orders.side[takerSlot] === Side.Bid ? Side.Ask : Side.Bid;
  const walk = startWalk(state, takerSlot, rules);
  for (let slot = bestSlot(market.book, orders, otherSide); slot >= 0; slot = nextSlot(market.book, orders, slot)) {
    const step = meetDry(state, market, takerSlot, slot, walk, rules);
    if (step === 'stopped') return false;
    if (step === 'filled') break;
  }
  const isWhole = walk.leftLots === 0 || walk.leftQuote < walk.lastTicks * market.k;
  return isWhole && walk.taker.lots > 0 && guardTaker(state, market, takerSlot, walk.taker, rules.lowersRisk) === ExpiryReason.None;
}

function startWalk(state: State, takerSlot: number, rules: SweepRules): Walk {
  const { orders, positions } = state;
  const quoteAtoms = orders.quoteAtoms[takerSlot]!;
  const wanted = quoteAtoms > 0 ? Number.POSITIVE_INFINITY : orders.lots[takerSlot]!;
  const closable = rules.isReduceOnly
    ? closableLots(positionSizeLots(positions, orders.positionRow[takerSlot]!), orders.side[takerSlot]!)
    : wanted;
  return {
    makers: [],
    taker: createFillSums(),
    leftLots: Math.min(wanted, closable),
    leftQuote: quoteAtoms > 0 ? quoteAtoms : Number.POSITIVE_INFINITY,
    lastTicks: 0,
    borrowed: 0,
  };
}

function meetDry(
  state: State,
  market: Market,
  takerSlot: number,
  slot: number,
  walk: Walk,
  rules: SweepRules,
): 'filled' | 'stopped' | 'on' {
  const { orders, accounts } = state;
  const side = orders.side[takerSlot]!;
  const priceTicks = orders.priceTicks[slot]!;
  const wanted = Math.min(walk.leftLots, Math.floor(walk.leftQuote / (priceTicks * market.k)));
  if (wanted <= 0) return 'filled';
  if (isBeyond(side, priceTicks, rules.bound.ticks) || (rules.limitTicks > 0 && isBeyond(side, priceTicks, rules.limitTicks)))
    return 'stopped';
  if (accountUser(accounts, orders.account[slot]!) === accountUser(accounts, orders.account[takerSlot]!)) {
    return selfTradePreventionOf(orders.kind[takerSlot]!) === SelfTradePrevention.RejectMaker ? 'on' : 'stopped';
  }
  const maker = makerOf(walk, orders.account[slot]!);
  const there = makerLots(state, slot, maker);
  const lots = Math.min(wanted, there);
  if (lots === 0) return 'on';
  if (maker.isOut || !makerStands(state, market, slot, lots, priceTicks, maker, walk)) {
    maker.isOut = true;
    // The sweep may fill it all the same, as one fill more whose fee rounds up.
    walk.taker.fee += 1;
    return 'on';
  }
  addTakerFill(state, market, takerSlot, lots, priceTicks, walk.taker);
  walk.leftLots -= lots;
  walk.leftQuote -= lots * priceTicks * market.k;
  walk.lastTicks = priceTicks;
  // The sweep goes no further than a maker who has more: what is left of a quote might be a lot at a price behind it.
  return there > wanted ? 'filled' : 'on';
}

function makerOf(walk: Walk, account: number): MakerSoFar {
  let maker = walk.makers.find((seen) => seen.account === account);
  if (maker === undefined) {
    maker = { account, sums: createFillSums(), isOut: false };
    walk.makers.push(maker);
  }
  return maker;
}

/** What an order has on the book by then: reduce-only ones shrink as their position does. */
function makerLots(state: State, slot: number, maker: MakerSoFar): number {
  const { orders, positions } = state;
  const lots = orders.lots[slot]!;
  if ((orders.flags[slot]! & OrderFlag.ReduceOnly) === 0) return lots;
  const side = orders.side[slot]!;
  const size = positionSizeLots(positions, orders.positionRow[slot]!) + (side === Side.Bid ? maker.sums.lots : -maker.sums.lots);
  return Math.min(lots, closableLots(size, side));
}

/** Whether a maker would stand with this fill and all its fills before. */
function makerStands(state: State, market: Market, slot: number, lots: number, priceTicks: number, maker: MakerSoFar, walk: Walk): boolean {
  const before = borrowedAtoms(state, market, slot, maker.sums);
  addMakerFill(state, market, slot, lots, priceTicks, maker.sums);
  maker.sums.borrowedBefore = walk.borrowed - before;
  if (guardMaker(state, market, slot, maker.sums) !== ExpiryReason.None) return false;
  walk.borrowed += borrowedAtoms(state, market, slot, maker.sums) - before;
  return true;
}

/** What a spot side would have to borrow for its fills. */
function borrowedAtoms(state: State, market: Market, slot: number, sums: FillSums): number {
  const { orders } = state;
  if (market.type !== MarketType.SPOT || (orders.flags[slot]! & OrderFlag.AutoBorrow) === 0) return 0;
  const side = orders.side[slot]!;
  const row = findHolding(state, orders.account[slot]!, payAssetOf(market, side));
  return Math.max(0, spotPayAtoms(market, side, sums) - (row < 0 ? 0 : ownedAtomsOf(state, row)));
}
