/** Who takes over in stages 2 and 3: backstop providers or the fund, seen alike by the code that shares a taking out. */
import type { Market } from '../markets.ts';
import type { State } from '../state.ts';

/** Largest weight in a sharing out: as many as there can be postings stay below 2^53 together. */
export const SHARE_WEIGHT_MAX = 2 ** 40;

/** One that may take, with what it may take. */
export interface Seat {
  account: number;
  /** RowIx of the posting, -1 for the fund. */
  posting: number;
  /** USDC atoms of notional it may take now, its margin left aside. */
  roomAtoms: number;
}

/** Seats that one taking is shared by, at most: those with the most room. What they cannot take others do, in the next one. */
const SEATS_PER_TAKING = 64;

/** Who shares a taking, and by what. */
export interface Sharing {
  seats: Seat[];
  /** Units each could take, at least 1. */
  rooms: number[];
  room: number;
  /** There are seats that were left out. */
  isCut: boolean;
}

/**
 * Chooses who shares a taking: all that can take something, or those of many with the most room, ties by age.
 *
 * @param unitsOf - what a seat could take, its margin asked.
 */
export function shareSeats(seats: readonly Seat[], unitsOf: (seat: Seat) => number): Sharing {
  const isMany = seats.length > SEATS_PER_TAKING;
  const asked = isMany ? [...seats].sort((a, b) => b.roomAtoms - a.roomAtoms || a.posting - b.posting) : seats;
  const found: { seat: Seat; units: number }[] = [];
  let at = 0;
  for (; at < asked.length && found.length < SEATS_PER_TAKING; at += 1) {
    const units = unitsOf(asked[at]!);
    if (units > 0) found.push({ seat: asked[at]!, units });
  }
  if (isMany) found.sort((a, b) => a.seat.posting - b.seat.posting);
  return {
    seats: found.map(({ seat }) => seat),
    rooms: found.map(({ units }) => units),
    room: found.reduce((sum, { units }) => sum + units, 0),
    isCut: at < asked.length,
  };
}

/** A stage's takers. */
export interface Desk {
  /** LiquidationStage. */
  readonly stage: number;
  /**
   * Those with room in a market, in a fixed order.
   *
   * @param isBuying - they would become longer in the market's base: by a long position, or collateral for a debt of USDC.
   */
  seats(state: State, market: Market, isBuying: boolean, exceptAccount: number): Seat[];
  /** Counts what a seat took: signed lots of a perpetual or atoms of a spot market's base, and the notional; null when nothing is counted. */
  readonly took: ((state: State, seat: Seat, amount: number, notionalAtoms: number) => void) | null;
}
