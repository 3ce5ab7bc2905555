/** Flag bits of an order's `flags` column and the packing of its `kind` column. */

/** Bits of `orders.flags`. Tristate spot-margin flags keep two bits each: absent, no, yes. */
export const OrderFlag = {
  PostOnly: 1,
  ReduceOnly: 2,
  /** May borrow what it pays with. */
  AutoBorrow: 4,
  /** May not redeem lends to pay. */
  AutoLendRedeemOff: 8,
  /** What it receives is lent, or not, whatever the account's setting; neither bit: the setting. */
  AutoLendOn: 16,
  AutoLendOff: 32,
  /** What it receives repays debt of that asset, or not. */
  AutoBorrowRepayOn: 64,
  AutoBorrowRepayOff: 128,
} as const;

/** Packs OrderKind, TimeInForce and SelfTradePrevention into one byte. */
export function packKind(orderKind: number, timeInForce: number, selfTradePrevention: number): number {
  return orderKind + 2 * timeInForce + 8 * selfTradePrevention;
}

/** OrderKind in a packed byte. */
export function orderKindOf(packed: number): number {
  return packed & 1;
}

/** TimeInForce in a packed byte. */
export function timeInForceOf(packed: number): number {
  return (packed >> 1) & 3;
}

/** SelfTradePrevention in a packed byte. */
export function selfTradePreventionOf(packed: number): number {
  return packed >> 3;
}
