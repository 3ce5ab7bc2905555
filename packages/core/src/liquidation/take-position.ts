/** A position, or a part of one, is taken over by a desk at the worse for its account of mark and index. */
import { chargeOfTaken, liquidationEnd, shareOut } from '@mochila/math';
import { events, LiquidationStage, OrderOrigin, ReceiptKind, ReceiptTerm, Side } from '@mochila/protocol';
import { emit } from '../event-buffer.ts';
import type { Market } from '../markets.ts';
import { projectFill } from '../matching/project-fill.ts';
import { staysAboveInitial } from '../risk/check.ts';
import { computeHealth, HealthMode } from '../risk/compute-health.ts';
import type { State } from '../state.ts';
import { chargeAtomsOf, payCharge } from './charge.ts';
import { type Desk, type Seat, SHARE_WEIGHT_MAX, shareSeats } from './desk.ts';
import { type ExposedPart, exposedParts } from './exposed-parts.ts';
import { forcedTransfer, withRoomForForced } from './forced-transfer.ts';
import { addReceiptTerm } from './receipts/add-receipt-act.ts';
import { closeReceipt } from './receipts/close-receipt.ts';
import { openReceipt } from './receipts/open-receipt.ts';
import { tellDue } from './receipts/tell-due.ts';
import { isRestored, largestMeeting, smallestRestoring } from './restore.ts';
import { takingTicks } from './taking-price.ts';
import { movesLeft, spendWork } from './work.ts';

/** What of a position is taken at which price, and what it is charged. */
interface Taking {
  market: Market;
  isLong: boolean;
  wholeLots: number;
  priceTicks: number;
  /** What limits count a lot by: the larger of that price and the mark. */
  valueTicks: number;
  /** USDC atoms for the whole position. */
  chargeAtoms: number;
}

/**
 * Takes as many lots as restore the account, shared over the desk pro rata to what each could take. Where there are more seats
 * than share one taking, those left out follow in another.
 *
 * @returns false when nothing was taken.
 */
export function takePosition(state: State, account: number, part: ExposedPart, desk: Desk): boolean {
  let hasTaken = false;
  for (let left: ExposedPart | undefined = part; left !== undefined; ) {
    const { lots, isCut } = takeOnce(state, account, left, desk);
    if (lots > 0) hasTaken = true;
    if (lots === 0 || !isCut || movesLeft(state) === 0 || isRestored(state, account)) break;
    left = exposedParts(state, account).find(({ market }) => market === part.market);
  }
  return hasTaken;
}

function takeOnce(state: State, account: number, part: ExposedPart, desk: Desk): { lots: number; isCut: boolean } {
  const market = state.markets[part.market]!;
  const isLong = part.lots > 0;
  const priceTicks = takingTicks(state, market, isLong);
  const taking: Taking = {
    market,
    isLong,
    wholeLots: Math.abs(part.lots),
    priceTicks,
    valueTicks: Math.max(priceTicks, market.price.markTicks),
    chargeAtoms: chargeAtomsOf(state, account, part),
  };
  const offered = withRoomForForced(state, market, desk.seats(state, market, isLong, account));
  const { seats, rooms, room, isCut } = shareSeats(offered, (seat) => lotsOf(state, seat, taking));
  if (room === 0) return { lots: 0, isCut };
  const needed = smallestRestoring(taking.wholeLots, (lots) => restores(state, account, taking, lots));
  const lots = Math.min(needed, room);
  const isFund = desk.stage === LiquidationStage.Fund;
  const kind = isFund ? ReceiptKind.FundTransfer : ReceiptKind.BackstopTransfer;
  openReceipt(state, { kind, account, market: market.ix, asset: -1, stage: desk.stage });
  addReceiptTerm(state, ReceiptTerm.NeededLots, needed);
  addReceiptTerm(state, ReceiptTerm.TakenLots, lots);
  addReceiptTerm(state, ReceiptTerm.ChargeAtoms, taking.chargeAtoms);
  addReceiptTerm(state, ReceiptTerm.Capacity, room);
  tellDue(state, account);
  let takenLots = 0;
  for (const [at, share] of shareOut(lots, rooms).entries()) {
    if (share > 0) transferTo(state, account, desk, seats[at]!, taking, takenLots, share);
    takenLots += share;
  }
  closeReceipt(state);
  return { lots, isCut };
}

/**
 * Lots a seat's share is counted by: all its room, more than the position though that may be, or what its own initial
 * margin lets it take of the position when that is less.
 */
function lotsOf(state: State, seat: Seat, taking: Taking): number {
  const { market, priceTicks, valueTicks, isLong, wholeLots } = taking;
  const roomLots = Math.min(SHARE_WEIGHT_MAX, Math.floor(seat.roomAtoms / (valueTicks * market.k)));
  const most = Math.min(wholeLots, roomLots);
  const byMargin = largestMeeting(most, (some) => {
    spendWork(state, 1);
    const side = isLong ? Side.Bid : Side.Ask;
    projectFill(state, market, side, some, some * priceTicks * market.k, 0, 0);
    return staysAboveInitial(state, seat.account);
  });
  return byMargin < most ? byMargin : roomLots;
}

function restores(state: State, account: number, taking: Taking, lots: number): boolean {
  const { market, priceTicks, isLong, wholeLots, chargeAtoms } = taking;
  const { projection, health } = state.scratch;
  const side = isLong ? Side.Ask : Side.Bid;
  projectFill(state, market, side, lots, lots * priceTicks * market.k, chargeOfTaken(chargeAtoms, lots, wholeLots), 0);
  computeHealth(state, account, HealthMode.Maintenance, projection, health);
  return health.netEquity >= liquidationEnd(health.maintenanceMargin);
}

/** @param before - lots taken by seats before this one, so that the charges of all add up. */
function transferTo(state: State, account: number, desk: Desk, seat: Seat, taking: Taking, before: number, lots: number): void {
  const { market, priceTicks, valueTicks, isLong, wholeLots } = taking;
  const chargeAtoms = chargeOfTaken(taking.chargeAtoms, before + lots, wholeLots) - chargeOfTaken(taking.chargeAtoms, before, wholeLots);
  const notionalAtoms = lots * valueTicks * market.k;
  const signedLots = isLong ? lots : -lots;
  const part = { account: seat.account, lots, priceTicks, chargeAtoms };
  forcedTransfer(state, market, account, [part], OrderOrigin.BackstopLiquidityProvider);
  const { takerAtoms, fundAtoms } = payCharge(state, market, account, seat.account, chargeAtoms);
  desk.took?.(state, seat, signedLots, notionalAtoms);
  emit(state.out, events.backstopTaken, {
    ...events.backstopTaken.defaults,
    account,
    takerAccount: seat.account,
    stage: desk.stage,
    market: market.ix,
    sizeLots: signedLots,
    priceTicks,
    notionalAtoms,
    chargeAtoms,
    takerAtoms,
    fundAtoms,
  });
}
