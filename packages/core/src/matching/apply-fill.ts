/** One fill, written: positions, money, fees, volumes, the event. Everything was judged before. */
import { netCostAfterFill, realisedPnl, tradeFee } from '@mochila/math';
import { BorrowLendSource, MarketType, OrderOrigin, Side } from '@mochila/protocol';
import { asAtoms, asLots, asPpm, assert, assertSafe, asTicks } from '@mochila/units';
import { OrderFlag } from '../book/order-flags.ts';
import { orderIdOf } from '../book/orders.ts';
import { recordProfit, recordSpotFill } from '../custody/profit-pace.ts';
import { reserveEvents } from '../event-buffer.ts';
import { addVolume, feePpm } from '../identity/fee-tiers.ts';
import { accountUser } from '../ledger/accounts.ts';
import { ensureHolding } from '../ledger/holding-rows.ts';
import { PayPolicy, pay } from '../ledger/pay.ts';
import { ReceiveMode, receive, receiveModeOf } from '../ledger/receive.ts';
import type { Market } from '../markets.ts';
import { ensurePosition, lastMarkTicks, touchPosition } from '../risk/position-rows.ts';
import {
  positionClosedLots,
  positionEntryCostAtoms,
  positionFeesAtoms,
  positionLiquidatedLots,
  positionLiquidationFeesAtoms,
  positionRealizedPnlAtoms,
  positionSizeLots,
  setPositionClosedLots,
  setPositionEntryCostAtoms,
  setPositionFeesAtoms,
  setPositionFundingAtoms,
  setPositionLiquidatedLots,
  setPositionLiquidationFeesAtoms,
  setPositionOpenedAtMicros,
  setPositionOpenedSeq,
  setPositionRealizedPnlAtoms,
  setPositionSizeLots,
} from '../risk/positions.ts';
import type { State } from '../state.ts';
import { announceClosedPosition } from './position-events.ts';

const FILL_HEADER = 7 * 65536 + 21;

/** In the place of a slice's fee: the taker pays the fee of its tier, to the venue. */
export const TAKER_FEE = -1;

/**
 * Writes a fill between the taker in `takerSlot` and the maker in `makerSlot` at the maker's price.
 * The book and the maker's hold are the caller's (shrinkResting before this).
 *
 * @param sliceFee - quote atoms that a slice of a liquidation pays in the place of the taker fee, credited by the caller; {@link TAKER_FEE}.
 */
export function applyFill(
  state: State,
  market: Market,
  takerSlot: number,
  makerSlot: number,
  lots: number,
  priceTicks: number,
  sliceFee: number,
): void {
  const { orders } = state;
  const notional = assertSafe(priceTicks * lots * market.k);
  const taker = orders.account[takerSlot]!;
  const maker = orders.account[makerSlot]!;
  const takerSide = orders.side[takerSlot]!;
  const isSlice = sliceFee !== TAKER_FEE;
  const takerPpm = feePpm(state, accountUser(state.accounts, taker), market.type === MarketType.SPOT, false);
  const takerFee = isSlice ? sliceFee : tradeFee(asAtoms(notional), asPpm(takerPpm));
  const makerPpm = feePpm(state, accountUser(state.accounts, maker), market.type === MarketType.SPOT, true);
  const fullMakerFee = tradeFee(asAtoms(notional), asPpm(makerPpm));
  // A rebate is paid out of what the other side pays: no slice costs the fund anything.
  const makerFee = isSlice ? Math.max(fullMakerFee, 0 - takerFee) : fullMakerFee;
  book(orders, takerSlot, lots, notional);
  book(orders, makerSlot, lots, notional);
  if (isSlice && market.type === MarketType.PERP) noteLiquidated(state, orders.positionRow[takerSlot]!, lots, takerFee);
  applySide(state, market, makerSlot, lots, priceTicks, notional, makerFee);
  applySide(state, market, takerSlot, lots, priceTicks, notional, takerFee);
  state.scratch.feesAtoms[market.quote]! += isSlice ? makerFee : takerFee + makerFee;
  market.lastTicks = priceTicks;
  const usd = (notional / state.assets[market.quote]!.unitAtoms) * state.assets[market.quote]!.price.mark;
  addVolume(state, taker, usd);
  addVolume(state, maker, usd);
  emitFill(state, market, takerSlot, makerSlot, lots, priceTicks, takerSide, takerFee, makerFee);
  market.nextTradeId += 1;
}

function book(orders: State['orders'], slot: number, lots: number, notional: number): void {
  orders.executedLots[slot]! += lots;
  orders.executedQuoteAtoms[slot]! += notional;
}

function applySide(state: State, market: Market, slot: number, lots: number, priceTicks: number, notional: number, fee: number): void {
  if (market.type === MarketType.SPOT) applySpotSide(state, market, slot, lots, notional, fee);
  else applyPerpSide(state, market, state.orders.account[slot]!, state.orders.side[slot] === Side.Bid ? lots : -lots, priceTicks, fee);
}

function applySpotSide(state: State, market: Market, slot: number, lots: number, notional: number, fee: number): void {
  const { orders } = state;
  const account = orders.account[slot]!;
  const isBid = orders.side[slot] === Side.Bid;
  const flags = orders.flags[slot]!;
  const orderId = orderIdOf(orders, slot);
  const payAsset = isBid ? market.quote : market.base;
  const payAtoms = isBid ? notional + fee : lots * market.lotAtoms;
  const getAsset = isBid ? market.base : market.quote;
  const getAtoms = isBid ? lots * market.lotAtoms : notional - fee;
  let policy: number = (flags & OrderFlag.AutoLendRedeemOff) !== 0 ? 0 : PayPolicy.Redeem;
  if ((flags & OrderFlag.AutoBorrow) !== 0) policy |= PayPolicy.Borrow;
  const source = orders.origin[slot] === OrderOrigin.User ? BorrowLendSource.SpotMargin : BorrowLendSource.Liquidation;
  const shortfall = pay(state, account, payAsset, payAtoms, policy, source, orderId);
  assert(shortfall === 0, 'the guard let a spot fill pass only when it can be paid');
  receive(state, account, getAsset, getAtoms, spotReceiveMode(state, account, flags), source, orderId);
  const row = orders.positionRow[slot]!;
  touchPosition(state, row);
  recordSpotFill(state, row, isBid ? lots : -lots, notional);
}

/** How an order's proceeds are taken in: its own flags first, else the account's settings. */
function spotReceiveMode(state: State, account: number, flags: number): number {
  let mode: number = receiveModeOf(state, account);
  if ((flags & OrderFlag.AutoLendOn) !== 0) mode |= ReceiveMode.Lend;
  if ((flags & OrderFlag.AutoLendOff) !== 0) mode &= ~ReceiveMode.Lend;
  if ((flags & OrderFlag.AutoBorrowRepayOn) !== 0) mode |= ReceiveMode.Repay;
  if ((flags & OrderFlag.AutoBorrowRepayOff) !== 0) mode &= ~ReceiveMode.Repay;
  return mode;
}

/** Counts what liquidation closes of a position and what it costs, just before it is closed: the end of a position is told with it. */
export function noteLiquidated(state: State, row: number, lots: number, feeAtoms: number): void {
  const { positions } = state;
  setPositionLiquidatedLots(positions, row, positionLiquidatedLots(positions, row) + lots);
  setPositionLiquidationFeesAtoms(positions, row, assertSafe(positionLiquidationFeesAtoms(positions, row) + feeAtoms));
}

/** A perp fill for one side: `signedLots` bought (positive) or sold, cash `q * (lastMark - p) - fee` (accounts.md 4). */
export function applyPerpSide(state: State, market: Market, account: number, signedLots: number, priceTicks: number, fee: number): void {
  const { positions } = state;
  const row = ensurePosition(state, account, market.ix);
  touchPosition(state, row);
  const before = positionSizeLots(positions, row);
  const after = assertSafe(before + signedLots);
  bookEntry(state, market, row, before, signedLots, priceTicks, fee);
  setPositionSizeLots(positions, row, after);
  market.openInterestLots += Math.max(0, after) - Math.max(0, before);
  const cash = assertSafe(signedLots * (lastMarkTicks(state, account, market.ix) - priceTicks) * market.k);
  recordProfit(state, row, cash);
  const net = cash - fee;
  ensureHolding(state, account, market.quote);
  if (net > 0) receive(state, account, market.quote, net, receiveModeOf(state, account), BorrowLendSource.AutoLend, 0);
  else if (net < 0) pay(state, account, market.quote, -net, PayPolicy.Forced, BorrowLendSource.Reconciliation, 0);
}

/** Average cost, realised P&L, fees and the life of a position: figures for people. One that turns ends and begins anew. */
function bookEntry(state: State, market: Market, row: number, before: number, signedLots: number, priceTicks: number, fee: number): void {
  const { positions } = state;
  const after = before + signedLots;
  const turns = before !== 0 && after !== 0 && before > 0 !== after > 0;
  if (before === 0) startPosition(state, row);
  setPositionFeesAtoms(positions, row, positionFeesAtoms(positions, row) + fee);
  bookCost(state, market, row, before, turns ? -before : signedLots, priceTicks);
  if (turns || after === 0) announceClosedPosition(state, row);
  if (!turns) return;
  startPosition(state, row);
  bookCost(state, market, row, 0, after, priceTicks);
}

function bookCost(state: State, market: Market, row: number, size: number, bought: number, priceTicks: number): void {
  const { positions } = state;
  const cost = asAtoms(positionEntryCostAtoms(positions, row));
  const k = asAtoms(market.k);
  const next = netCostAfterFill(asLots(size), cost, asLots(bought), asTicks(priceTicks), k);
  setPositionEntryCostAtoms(positions, row, next);
  setPositionRealizedPnlAtoms(
    positions,
    row,
    positionRealizedPnlAtoms(positions, row) + realisedPnl(cost, next, asLots(bought), asTicks(priceTicks), k),
  );
  if (size !== 0 && size > 0 !== bought > 0) setPositionClosedLots(positions, row, positionClosedLots(positions, row) + Math.abs(bought));
}

function startPosition(state: State, row: number): void {
  const { positions } = state;
  setPositionEntryCostAtoms(positions, row, 0);
  setPositionRealizedPnlAtoms(positions, row, 0);
  setPositionFundingAtoms(positions, row, 0);
  setPositionFeesAtoms(positions, row, 0);
  setPositionClosedLots(positions, row, 0);
  setPositionLiquidatedLots(positions, row, 0);
  setPositionLiquidationFeesAtoms(positions, row, 0);
  setPositionOpenedSeq(positions, row, state.seq);
  setPositionOpenedAtMicros(positions, row, state.timeMicros);
}

/** Appends fill without allocation. */
export function emitFill(
  state: State,
  market: Market,
  takerSlot: number,
  makerSlot: number,
  lots: number,
  priceTicks: number,
  takerSide: number,
  takerFee: number,
  makerFee: number,
): void {
  const { out, orders } = state;
  if (!out.isOn) return;
  reserveEvents(out, 21);
  const words = out.words;
  const at = out.length;
  words[at] = FILL_HEADER;
  words[at + 1] = market.ix;
  words[at + 2] = market.nextTradeId;
  words[at + 3] = priceTicks;
  words[at + 4] = lots;
  words[at + 5] = takerSide;
  words[at + 6] = orderIdOf(orders, takerSlot);
  words[at + 7] = orderIdOf(orders, makerSlot);
  words[at + 8] = orders.account[takerSlot]!;
  words[at + 9] = orders.account[makerSlot]!;
  words[at + 10] = takerFee;
  words[at + 11] = makerFee;
  words[at + 12] = orders.executedLots[takerSlot]!;
  words[at + 13] = orders.executedQuoteAtoms[takerSlot]!;
  words[at + 14] = orders.executedLots[makerSlot]!;
  words[at + 15] = orders.executedQuoteAtoms[makerSlot]!;
  words[at + 16] = orders.lots[makerSlot] === 0 ? 1 : 0;
  words[at + 17] = orders.totalLots[takerSlot]! > 0 && orders.executedLots[takerSlot] === orders.totalLots[takerSlot] ? 1 : 0;
  words[at + 18] = orders.clientId[takerSlot]!;
  words[at + 19] = orders.clientId[makerSlot]!;
  words[at + 20] = orders.origin[takerSlot]!;
  out.length = at + 21;
  out.count += 1;
}
