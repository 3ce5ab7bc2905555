/**
 * Liquidation is judged elsewhere: here the plain venue does the fills the engine chose, at the fees it took, and drops the
 * makers it dropped; both have to end with the same money, sizes and orders.
 */
import { decodeRecord, events, OrderOrigin, recordCode, recordWords, Side } from '@mochila/protocol';
import type { Pair } from './pair.ts';
import { fill, remove } from './plain-matching.ts';
import { accountOf, type PlainOrder, type PlainVenue } from './plain-venue.ts';

/** Takes over what the last command's liquidations did, in the order of its events. */
export function followLiquidation({ venue, plain, seen }: Pair): void {
  const { words, length } = venue.state.out;
  for (let at = 0; at < length; at += recordWords(words, at)) {
    const code = recordCode(words, at);
    if (code === events.orderExpired.code) dropMaker(plain, decodeRecord(events.orderExpired, words, at).orderId);
    if (code === events.accountFlagged.code) {
      const { account, isLiquidating } = decodeRecord(events.accountFlagged, words, at);
      accountOf(plain, account).isLiquidating = isLiquidating === 1;
    }
    if (code !== events.fill.code) continue;
    const { makerOrderId, takerAccount, market, takerSide, quantityLots, takerFeeAtoms, origin } = decodeRecord(events.fill, words, at);
    const maker = plain.orders.find((order) => order.id === makerOrderId);
    if (maker === undefined || origin === OrderOrigin.User)
      throw new Error(`a liquidation filled order ${makerOrderId}, which the plain venue lacks`);
    const taker: PlainOrder = { ...maker, ...BARE, account: takerAccount, market, isBid: takerSide === Side.Bid, lots: quantityLots };
    fill(plain, taker, maker, quantityLots, false, BigInt(takerFeeAtoms));
    seen.set('liquidation', (seen.get('liquidation') ?? 0) + 1);
  }
}

const BARE = {
  id: 0,
  isMarket: true,
  isReduceOnly: false,
  isResting: false,
  quote: 0,
  trigger: null,
  takeProfit: 0,
  stopLoss: 0,
  parent: null,
};

/** Orders that a fill has just ended in the plain venue are gone already; the slice itself was never there. */
function dropMaker(plain: PlainVenue, orderId: number): void {
  const order = plain.orders.find((one) => one.id === orderId);
  if (order !== undefined) remove(plain, order);
}
