import { type Atoms, asAtoms, asLots, assertSafe, asTicks, type Lots, type Ticks } from '@mochila/units';

/** One price level of a book, best first. */
export interface BookLevel {
  readonly price: Ticks;
  readonly quantity: Lots;
}

/** What taking from a book would give. */
export interface FillEstimate {
  /** Lots that the levels hold of what was asked. */
  readonly filled: Lots;
  /** Quote atoms, exact. */
  readonly notional: Atoms;
  /** The last price reached; 0 when nothing fills. */
  readonly worstPrice: Ticks;
}

/**
 * Estimates a market order against the levels of a book.
 *
 * @param levels of the other side, best first
 * @param quantity lots, 0 or more
 * @param k quote atoms of one tick times one lot
 */
export function estimateFill(levels: Iterable<BookLevel>, quantity: Lots, k: Atoms): FillEstimate {
  let rest: number = quantity;
  let notional = 0;
  let worstPrice = asTicks(0);
  for (const level of levels) {
    if (rest === 0) break;
    const taken = level.quantity < rest ? level.quantity : rest;
    notional = assertSafe(notional + level.price * taken * k);
    worstPrice = level.price;
    rest -= taken;
  }
  return { filled: asLots(quantity - rest), notional: asAtoms(notional), worstPrice };
}
