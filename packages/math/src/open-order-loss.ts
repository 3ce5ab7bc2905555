import { type Atoms, asTicks, type Lots, notionalAtoms, type Ticks } from '@mochila/units';

/**
 * Returns what a fill would cost at once: `max(0, value given - value received)`, both at mark and weights. For a spot
 * order that is chiefly the haircut of what it buys. Source: accounts rules 5.
 *
 * @param valueGiven USD
 * @param valueReceived USD
 * @returns USD, 0 or more
 * @example openOrderLoss(1000, 950) // 50
 */
export function openOrderLoss(valueGiven: number, valueReceived: number): number {
  return valueGiven > valueReceived ? valueGiven - valueReceived : 0;
}

/**
 * Returns what an open perp bid loses when it fills: what it pays above the mark.
 *
 * @param k quote atoms of one tick times one lot
 * @returns quote atoms, 0 or more, exact
 * @example perpBidLoss(ticks(150), ticks(145), lots(10), atoms(1)) // 50
 */
export function perpBidLoss(price: Ticks, mark: Ticks, quantity: Lots, k: Atoms): Atoms {
  return notionalAtoms(asTicks(price > mark ? price - mark : 0), quantity, k);
}

/**
 * Returns what an open perp ask loses when it fills: what it gets below the mark.
 *
 * @param k quote atoms of one tick times one lot
 * @returns quote atoms, 0 or more, exact
 * @example perpAskLoss(ticks(140), ticks(145), lots(10), atoms(1)) // 50
 */
export function perpAskLoss(price: Ticks, mark: Ticks, quantity: Lots, k: Atoms): Atoms {
  return notionalAtoms(asTicks(mark > price ? mark - price : 0), quantity, k);
}
