import { type Atoms, type Lots, notionalAtoms, subTicks, type Ticks } from '@mochila/units';

/**
 * Returns the profit of a position since its last settlement: `size * (mark - lastMark) * k`. Linear, so settling often
 * or once gives the same to the atom. Source: accounts rules 4.
 *
 * @param size signed lots, long positive
 * @param mark ticks
 * @param lastMark ticks, the mark that was settled last
 * @param k quote atoms of one tick times one lot
 * @returns quote atoms, signed, exact
 * @example positionPnl(signedLots(2000), ticks(145), ticks(150), atoms(1000000)) // -10000000000
 */
export function positionPnl(size: Lots, mark: Ticks, lastMark: Ticks, k: Atoms): Atoms {
  return notionalAtoms(subTicks(mark, lastMark), size, k);
}

/**
 * Returns what a fill books at once, so that both sides go on from the same lastMark: `quantity * (lastMark - price) * k`.
 * Source: accounts rules 4.
 *
 * @param bought signed lots: positive for the buyer, negative for the seller
 * @param lastMark ticks, the mark that was settled last
 * @param price ticks of the fill
 * @param k quote atoms of one tick times one lot
 * @returns quote atoms, signed, exact
 * @example fillPnl(signedLots(10), ticks(150), ticks(145), atoms(1)) // 50
 */
export function fillPnl(bought: Lots, lastMark: Ticks, price: Ticks, k: Atoms): Atoms {
  return notionalAtoms(subTicks(lastMark, price), bought, k);
}
