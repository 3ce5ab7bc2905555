/** Two people who trade with one another and nobody else. */
import { commands, OrderKind, Side, TimeInForce } from '@mochila/protocol';
import type { SimPerson, SimVenue } from '../venue/sim-venue.ts';

/** What they agreed on. */
export interface Agreed {
  readonly market: number;
  readonly buyer: SimPerson;
  readonly seller: SimPerson;
  readonly lots: number;
  /** The mark when left out. */
  readonly priceTicks?: number;
}

/** The seller rests an ask, the buyer takes of it what the bands allow; the rest is taken off the book. @returns the reject code of the first order that was refused, 0 when neither was. */
export function tradeBetween(venue: SimVenue, { market, buyer, seller, lots, priceTicks }: Agreed): number {
  const price = priceTicks ?? venue.state.markets[market]?.price.markTicks ?? 0;
  const terms = { market, priceTicks: price, quantityLots: lots };
  const asked = venue.as(seller, commands.placeOrder, { ...terms, side: Side.Ask });
  if (asked.rejectCode !== 0) return asked.rejectCode;
  const taking = { ...terms, side: Side.Bid, orderKind: OrderKind.Limit, timeInForce: TimeInForce.IOC };
  const taken = venue.as(buyer, commands.placeOrder, taking);
  // A band may have stopped the buyer: what he left would stand in everybody's way.
  venue.as(seller, commands.cancelAllOrders, { market });
  return taken.rejectCode;
}
