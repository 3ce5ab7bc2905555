/** Events of what is forced: backstop, fund, deleveraging, debt notes (liquidation rules 2 and 3). Part of `events.ts`. */
import { defineRecord } from './codec/record.ts';

/** A provider's posting in a market after a change: what it offers now, and from `nextAtMicros` (0: no notice runs). USDC atoms. */
export const backstopPosted = defineRecord(40, 'backstopPosted', {
  account: 0,
  market: 0,
  capitalAtoms: 0,
  notionalAtoms: 0,
  minuteAtoms: 0,
  hourAtoms: 0,
  nextCapitalAtoms: 0,
  nextNotionalAtoms: 0,
  nextMinuteAtoms: 0,
  nextHourAtoms: 0,
  nextAtMicros: 0,
});
/** A provider, or the fund, took over a part of an account in liquidation. */
export const backstopTaken = defineRecord(41, 'backstopTaken', {
  account: 0,
  takerAccount: 0,
  /** LiquidationStage: Backstop or Fund. */
  stage: 0,
  /** Market of the position, or the spot market whose posting stood for the debt. */
  market: 0,
  /** Lots that changed hands, bought by the taker positive; 0 for a debt. */
  sizeLots: 0,
  priceTicks: 0,
  /** Debt paid and collateral received by the taker; -1 and 0 for a position. */
  debtAsset: -1,
  debtAtoms: 0,
  collateralAsset: -1,
  collateralAtoms: 0,
  /** USDC atoms. */
  notionalAtoms: 0,
  chargeAtoms: 0,
  takerAtoms: 0,
  fundAtoms: 0,
});
/** A position was closed against winners: lots needed, taken and beyond it; the deficit it bore and what the bound left of it, quote atoms. */
export const deleveraged = defineRecord(42, 'deleveraged', {
  account: 0,
  market: 0,
  neededLots: 0,
  takenLots: 0,
  overshootLots: 0,
  markTicks: 0,
  priceTicks: 0,
  deficitAtoms: 0,
  cashAtoms: 0,
  leftAtoms: 0,
  winners: 0,
});
/** One winner's part of it: `rank` 0 for who had no profit, `isHedged` 1 for lots that hedged something else. */
export const deleveragedAgainst = defineRecord(43, 'deleveragedAgainst', {
  account: 0,
  fromAccount: 0,
  market: 0,
  sizeLots: 0,
  priceTicks: 0,
  cashAtoms: 0,
  rank: 0,
  isHedged: 0,
  tradeId: 0,
});
/** The fund received or paid (negative): `move` is a FundMove, `account` whom it was about. With its fills, funding and interest these explain its balance. */
export const fundMoved = defineRecord(44, 'fundMoved', { move: 0, account: 0, asset: 0, amountAtoms: 0 });
/** A debt note was written, grew, or was repaid; `leftAtoms` 0 ends it. */
export const debtNoteChanged = defineRecord(45, 'debtNoteChanged', {
  note: 0,
  account: 0,
  asset: 0,
  changeAtoms: 0,
  leftAtoms: 0,
  writtenAtMicros: 0,
});
