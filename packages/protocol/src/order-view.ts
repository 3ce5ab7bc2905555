/** An order as events, answers and rows of history show it. */

/** All there is to say about an order: the answer to its sender and the row of its history. */
export const ORDER_VIEW = {
  account: 0,
  market: 0,
  orderId: 0,
  clientId: -1,
  side: 0,
  orderKind: 0,
  timeInForce: 0,
  isPostOnly: 0,
  isReduceOnly: 0,
  selfTradePrevention: 0,
  /** 0 for market orders. */
  priceTicks: 0,
  /** Size at acceptance (later shrinking included); 0 for a market order by quote. */
  quantityLots: 0,
  quoteAtoms: 0,
  executedLots: 0,
  executedQuoteAtoms: 0,
  status: 0,
  expiryReason: 0,
  createdAtMicros: 0,
  triggeredAtMicros: 0,
  triggerBy: 0,
  triggerPriceTicks: 0,
  triggerQuantity: 0,
  triggerIsPercent: 0,
  takeProfitTriggerTicks: 0,
  takeProfitTriggerBy: 0,
  takeProfitLimitTicks: 0,
  stopLossTriggerTicks: 0,
  stopLossTriggerBy: 0,
  stopLossLimitTicks: 0,
  slippageKind: 0,
  slippageTolerance: 0,
  /** Order this one was made by (a take-profit's parent); 0 none. */
  relatedOrderId: 0,
  /** OrderOrigin. */
  origin: 0,
};
/** The fields of ORDER_VIEW. */
export type OrderView = typeof ORDER_VIEW;

/**
 * Reads an order view from its words. Written out, since every order is read several times: storing the fields by computed
 * names takes ten times as long, and brings another shape of object for every event. A test holds it to {@link ORDER_VIEW}.
 *
 * @param words where it stands
 * @param at - of its first word
 */
export function readOrderView(words: Float64Array, at: number): OrderView {
  return {
    account: words[at]!,
    market: words[at + 1]!,
    orderId: words[at + 2]!,
    clientId: words[at + 3]!,
    side: words[at + 4]!,
    orderKind: words[at + 5]!,
    timeInForce: words[at + 6]!,
    isPostOnly: words[at + 7]!,
    isReduceOnly: words[at + 8]!,
    selfTradePrevention: words[at + 9]!,
    priceTicks: words[at + 10]!,
    quantityLots: words[at + 11]!,
    quoteAtoms: words[at + 12]!,
    executedLots: words[at + 13]!,
    executedQuoteAtoms: words[at + 14]!,
    status: words[at + 15]!,
    expiryReason: words[at + 16]!,
    createdAtMicros: words[at + 17]!,
    triggeredAtMicros: words[at + 18]!,
    triggerBy: words[at + 19]!,
    triggerPriceTicks: words[at + 20]!,
    triggerQuantity: words[at + 21]!,
    triggerIsPercent: words[at + 22]!,
    takeProfitTriggerTicks: words[at + 23]!,
    takeProfitTriggerBy: words[at + 24]!,
    takeProfitLimitTicks: words[at + 25]!,
    stopLossTriggerTicks: words[at + 26]!,
    stopLossTriggerBy: words[at + 27]!,
    stopLossLimitTicks: words[at + 28]!,
    slippageKind: words[at + 29]!,
    slippageTolerance: words[at + 30]!,
    relatedOrderId: words[at + 31]!,
    origin: words[at + 32]!,
  };
}
