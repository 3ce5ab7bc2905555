/** The ladder of a market maker: a few levels on each side of a fair price, leaning against what it holds. */

/** What a ladder is made of. Fractions are of the fair price. */
export interface LadderPlan {
  /** Quote asset per unit of the base, above 0. */
  readonly fair: number;
  readonly tick: number;
  readonly lot: number;
  readonly lotsMin: number;
  /** Distance of the first level, and from each level to the next. */
  readonly halfSpread: number;
  readonly spacing: number;
  readonly levels: number;
  /** Worth of the first level in the quote asset; each further one is larger by `growth`. */
  readonly firstNotional: number;
  readonly growth: number;
  /** What is held over what may be held, -1 to 1; the ladder moves against it by up to `lean`. */
  readonly inventory: number;
  readonly lean: number;
  /** Most that all asks together may sell, and all bids buy, in units of the base. */
  readonly askMax: number;
  readonly bidMax: number;
}

/** A level: whole ticks and lots. */
export interface LadderOrder {
  readonly side: 'Bid' | 'Ask';
  readonly ticks: number;
  readonly lots: number;
}

/**
 * Lays out the ladder, nearest level first, bids before asks.
 *
 * @returns orders that never cross each other: bids are rounded down and asks up to ticks.
 */
export function layLadder(plan: LadderPlan): LadderOrder[] {
  const middle = plan.fair * (1 - plan.lean * clamp(plan.inventory, -1, 1));
  return [...laySide(plan, middle, 'Bid'), ...laySide(plan, middle, 'Ask')];
}

function laySide(plan: LadderPlan, middle: number, side: LadderOrder['side']): LadderOrder[] {
  const { tick, lot, lotsMin, levels, halfSpread, spacing, firstNotional, growth } = plan;
  const orders: LadderOrder[] = [];
  let lotsLeft = Math.floor((side === 'Bid' ? plan.bidMax : plan.askMax) / lot + 1e-9);
  let ticksBefore = 0;
  for (let level = 0; level < levels; level += 1) {
    const distance = halfSpread + level * spacing;
    const exact = (middle * (side === 'Bid' ? 1 - distance : 1 + distance)) / tick;
    const rounded = side === 'Bid' ? Math.floor(exact) : Math.ceil(exact);
    // Levels closer than a tick fall on the next one.
    const ticks = level === 0 ? rounded : side === 'Bid' ? Math.min(rounded, ticksBefore - 1) : Math.max(rounded, ticksBefore + 1);
    const lots = Math.min(lotsLeft, Math.round((firstNotional * growth ** level) / (middle * lot)));
    if (ticks < 1 || lots < lotsMin) break;
    orders.push({ side, ticks, lots });
    ticksBefore = ticks;
    lotsLeft -= lots;
  }
  return orders;
}

/**
 * Moves orders behind the best price of the other side, each side as a whole, so that none of them would take: whoever stands
 * there with more than anybody takes would else keep that side of the book empty.
 *
 * @param orders of one ladder
 * @param best ticks of the best bid and ask; null for a side without orders
 */
export function behind(orders: readonly LadderOrder[], best: { readonly bid: number | null; readonly ask: number | null }): LadderOrder[] {
  const ticksOf = (wanted: LadderOrder['side']): number[] => orders.filter(({ side }) => side === wanted).map(({ ticks }) => ticks);
  const down = best.ask === null ? 0 : Math.max(0, Math.max(...ticksOf('Bid')) - (best.ask - 1));
  const up = best.bid === null ? 0 : Math.max(0, best.bid + 1 - Math.min(...ticksOf('Ask')));
  return orders
    .map((order) => ({ ...order, ticks: order.side === 'Bid' ? order.ticks - down : order.ticks + up }))
    .filter(({ ticks }) => ticks >= 1);
}

/** Worth of one side of a ladder in the quote asset. */
export function notionalOf(orders: readonly LadderOrder[], side: LadderOrder['side'], scale: { tick: number; lot: number }): number {
  return orders.reduce((sum, order) => (order.side === side ? sum + order.ticks * scale.tick * order.lots * scale.lot : sum), 0);
}

/** The value within bounds. */
export function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
