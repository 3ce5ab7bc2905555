import { type Atoms, absLots, addLots, asAtoms, assertSafe, type Lots, mulDivDown, notionalAtoms, type Ticks } from '@mochila/units';

/**
 * Returns the net cost of a position after a fill, by average cost: a fill that adds is added at its price, one that
 * reduces releases cost in proportion, one that turns the position leaves the new side at its price.
 * For people, not for money. Source: accounts rules 4.
 *
 * @param size signed lots before the fill
 * @param netCost quote atoms before the fill, of the sign of the size
 * @param bought signed lots: positive bought, negative sold
 * @param price ticks of the fill
 * @param k quote atoms of one tick times one lot
 * @returns quote atoms, of the sign of the new size, rounded towards zero when reducing
 * @example netCostAfterFill(lots(10), atoms(1000), signedLots(-4), ticks(120), atoms(1)) // 600
 */
export function netCostAfterFill(size: Lots, netCost: Atoms, bought: Lots, price: Ticks, k: Atoms): Atoms {
  const sizeAfter = addLots(size, bought);
  if (size === 0 || size > 0 === bought > 0) return asAtoms(assertSafe(netCost + notionalAtoms(price, bought, k)));
  if (sizeAfter !== 0 && sizeAfter > 0 !== size > 0) return notionalAtoms(price, sizeAfter, k);
  const kept = mulDivDown(netCost < 0 ? -netCost : netCost, absLots(sizeAfter), absLots(size));
  return asAtoms(netCost < 0 ? 0 - kept : kept);
}

/**
 * Returns the profit that a fill realises: cost released less cost taken on less what was paid. Summed over the life of
 * a position it is exactly the cash of its fills. For people, not for money.
 *
 * @param netCostBefore quote atoms
 * @param netCostAfter quote atoms, of {@link netCostAfterFill}
 * @param bought signed lots: positive bought, negative sold
 * @param price ticks of the fill
 * @param k quote atoms of one tick times one lot
 * @returns quote atoms, signed, before fees
 * @example realisedPnl(atoms(1000), atoms(600), signedLots(-4), ticks(120), atoms(1)) // 80
 */
export function realisedPnl(netCostBefore: Atoms, netCostAfter: Atoms, bought: Lots, price: Ticks, k: Atoms): Atoms {
  return asAtoms(assertSafe(netCostAfter - netCostBefore - notionalAtoms(price, bought, k)));
}

/**
 * Returns the average price of a quantity: `notional / (quantity * k)`; of a net cost and a size, the entry price.
 *
 * @param notional quote atoms, of the sign of the quantity
 * @param quantity lots, signed or not
 * @param k quote atoms of one tick times one lot
 * @returns fractional ticks, or nothing without quantity
 * @example averagePriceTicks(atoms(725), lots(5), atoms(1)) // 145
 */
export function averagePriceTicks(notional: Atoms, quantity: Lots, k: Atoms): number | undefined {
  return quantity === 0 ? undefined : notional / assertSafe(quantity * k);
}

/**
 * Returns the average price of a quantity as an integer in units finer than a tick, for text.
 *
 * @param notional quote atoms, of the sign of the quantity
 * @param quantity lots, not 0
 * @param k quote atoms of one tick times one lot
 * @param unitsPerTick how many of the finer units make a tick
 * @returns finer units, rounded down
 * @example averagePriceDown(atoms(1001), lots(10), atoms(1), 100) // 10010
 */
export function averagePriceDown(notional: Atoms, quantity: Lots, k: Atoms, unitsPerTick: number): number {
  return mulDivDown(notional < 0 ? -notional : notional, unitsPerTick, assertSafe(absLots(quantity) * k));
}

/**
 * Returns the price at which closing a position gives back its cost, fees and funding.
 *
 * @param netCost quote atoms, of the sign of the size
 * @param paid fees and funding paid since opening, quote atoms; negative when more was received
 * @param size signed lots
 * @param k quote atoms of one tick times one lot
 * @returns fractional ticks, or nothing without a position
 * @example breakEvenTicks(atoms(1000), atoms(10), lots(10), atoms(1)) // 101
 */
export function breakEvenTicks(netCost: Atoms, paid: Atoms, size: Lots, k: Atoms): number | undefined {
  return averagePriceTicks(asAtoms(assertSafe(netCost + paid)), size, k);
}
