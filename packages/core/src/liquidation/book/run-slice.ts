/** One slice on the book: a market order of the system, inside the impact band, its fee to the fund. */
import {
  BorrowLendSource,
  ExpiryReason,
  FundMove,
  OrderKind,
  OrderStatus,
  ReceiptKind,
  ReceiptTerm,
  SelfTradePrevention,
  Side,
  TimeInForce,
} from '@mochila/protocol';
import { assert } from '@mochila/units';
import { bestSlot } from '../../book/book.ts';
import { packKind } from '../../book/order-flags.ts';
import { FUND_ACCOUNT } from '../../ledger/accounts.ts';
import { ensureHolding, findHolding, hasRoomForHoldings } from '../../ledger/holding-rows.ts';
import { ReceiveMode, receive } from '../../ledger/receive.ts';
import type { Market } from '../../markets.ts';
import { dropOrder } from '../../matching/open-orders.ts';
import { emitOrder, OrderEvent } from '../../matching/order-view.ts';
import type { PriceBound } from '../../matching/price-bound.ts';
import { isBeyond } from '../../matching/price-bounds.ts';
import { sweep } from '../../matching/sweep.ts';
import { findPosition, hasRoomForPositions } from '../../risk/position-rows.ts';
import { positionCaseLots } from '../../risk/positions.ts';
import type { State } from '../../state.ts';
import { isTableFull } from '../../table.ts';
import { makeSystemOrder } from '../forced-transfer.ts';
import { tellFundMove } from '../fund/tell-fund-move.ts';
import { addReceiptTerm } from '../receipts/add-receipt-act.ts';
import { closeReceipt } from '../receipts/close-receipt.ts';
import { openReceipt } from '../receipts/open-receipt.ts';
import { takingTicks } from '../taking-price.ts';
import { guardSlice, NO_FILL } from './guard-slice.ts';
import type { SliceRules } from './slice-rules.ts';
import { takesSlices } from './where-to-sell.ts';

/** A slice before it meets the book. */
export interface Slice {
  account: number;
  side: number;
  lots: number;
  /** OrderOrigin. */
  origin: number;
  /** OrderFlag bits. */
  flags: number;
  isReduceOnly: boolean;
  feePpm: number;
  /** The fee is the taker fee, to the venue, in the place of one to the fund. */
  isTakerFee: boolean;
  /** ReceiptKind. */
  kind: number;
  /** Stage of the waterfall the receipt names, or -1. */
  stage: number;
}

/** How far the book was walked: the price of the last fill is the maker's, so makers of the same user end where they are met. */
const STOPPED = packKind(OrderKind.Market, TimeInForce.IOC, SelfTradePrevention.RejectMaker);

const bound: PriceBound = { ticks: 0, reason: ExpiryReason.PriceImpact };

/**
 * Offers a slice to the book. No epoch is open. An order is made only where the first price on the book would do; resting orders
 * of the same user are no counterparty and expire (SelfTradePrevention).
 *
 * @returns lots the book took.
 */
export function runSlice(state: State, market: Market, slice: Slice): number {
  const { account, side } = slice;
  setBound(state, market, side);
  const rules: SliceRules = { feePpm: slice.feePpm, isTakerFee: slice.isTakerFee, feeAtoms: 0 };
  if (slice.lots === 0 || !takesSlices(market) || !hasRoom(state, market, account) || !mayFill(state, market, slice, rules)) return 0;
  openReceipt(state, { kind: slice.kind, account, market: market.ix, asset: -1, stage: slice.stage });
  tellSize(state, market, slice);
  ensureHolding(state, account, market.quote);
  const slot = makeSystemOrder(state, market, account, { side, lots: slice.lots, priceTicks: 0, origin: slice.origin, flags: slice.flags });
  const { orders } = state;
  orders.kind[slot] = STOPPED;
  emitOrder(state, OrderEvent.Accepted, slot, OrderStatus.New, ExpiryReason.None);
  const reason = sweep(state, market, slot, {
    limitTicks: 0,
    bound,
    lowersRisk: true,
    isReduceOnly: slice.isReduceOnly,
    isDecided: true,
    slice: rules,
  });
  const taken = orders.executedLots[slot]!;
  if (orders.lots[slot]! > 0) {
    const why = reason === ExpiryReason.None ? ExpiryReason.ReduceOnlyNotReduced : reason;
    emitOrder(state, OrderEvent.Expired, slot, OrderStatus.Expired, why);
  }
  dropOrder(state, slot);
  creditFund(state, account, market.quote, rules.feeAtoms);
  closeReceipt(state);
  return taken;
}

/** What the slice is a share of, how much it is, and the band it stays in. */
function tellSize(state: State, market: Market, slice: Slice): void {
  const row = findPosition(state, slice.account, market.ix);
  if (slice.kind === ReceiptKind.BookSlice) addReceiptTerm(state, ReceiptTerm.SizeAtTrigger, positionCaseLots(state.positions, row));
  addReceiptTerm(state, ReceiptTerm.Offered, slice.lots);
  addReceiptTerm(state, ReceiptTerm.ImpactMin, market.listing.impactBand.min);
  addReceiptTerm(state, ReceiptTerm.ImpactMax, market.listing.impactBand.max);
}

/** The impact band alone, measured from the worse for the account of mark and index (perpetuals rules 6). */
function setBound(state: State, market: Market, side: number): void {
  const { impactBand } = market.listing;
  const isLong = side === Side.Ask;
  const worse = takingTicks(state, market, isLong);
  bound.ticks = isLong ? Math.max(1, Math.ceil(worse * impactBand.min)) : Math.floor(worse * impactBand.max);
}

/** Rows an order needs; a full table holds a slice up, nothing else. */
function hasRoom(state: State, market: Market, account: number): boolean {
  if (isTableFull(state.orders)) return false;
  if (findPosition(state, account, market.ix) < 0 && !hasRoomForPositions(state, 1)) return false;
  return findHolding(state, account, market.quote) >= 0 || hasRoomForHoldings(state, 1);
}

/** Looks at the first order on the other side before anything is written. */
function mayFill(state: State, market: Market, { account, side, lots }: Slice, rules: SliceRules): boolean {
  const { orders } = state;
  const slot = bestSlot(market.book, orders, side === Side.Bid ? Side.Ask : Side.Bid);
  if (slot < 0) return false;
  const priceTicks = orders.priceTicks[slot]!;
  if (isBeyond(side, priceTicks, bound.ticks)) return false;
  return guardSlice(state, market, account, side, Math.min(lots, orders.lots[slot]!), priceTicks, rules) !== NO_FILL;
}

/** The fund takes the fee, less the rebates of makers: the forced order pays no taker fee that could bear them. */
function creditFund(state: State, account: number, asset: number, feeAtoms: number): void {
  const { feesAtoms } = state.scratch;
  const rebates = Math.min(0, feesAtoms[asset]!);
  feesAtoms[asset] = feesAtoms[asset]! - rebates;
  const atoms = feeAtoms + rebates;
  assert(atoms >= 0, 'rebates of makers are paid out of the fees of their fills');
  tellFundMove(state, FundMove.Fee, account, asset, atoms);
  if (atoms > 0) receive(state, FUND_ACCOUNT, asset, atoms, ReceiveMode.Lend | ReceiveMode.Repay, BorrowLendSource.Liquidation);
}
