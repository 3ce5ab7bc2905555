/** What would happen to an account when prices move. */
import type { Decimal, ReceiptKindWord } from './words.ts';

/** Equity and margin at one moment, in USD. */
export type StressFigures = {
  readonly netEquity: Decimal;
  readonly realEquity: Decimal;
  readonly maintenanceMargin: Decimal;
  /** Sum of positions and debts. */
  readonly exposure: Decimal;
  /** Net equity over exposure; null without exposure. */
  readonly marginFraction: Decimal | null;
  readonly liquidating: boolean;
};

/** One thing the venue would do. */
export type StressStep = {
  /** Seconds since the beginning of the move. */
  readonly second: number;
  readonly kind: ReceiptKindWord;
  /** Stage of the waterfall, 0 to 4. */
  readonly stage: number | null;
  readonly symbol: string | null;
  readonly asset: string | null;
  /** What is bought, or sold when negative. */
  readonly quantity: Decimal | null;
  /** Average price. */
  readonly price: Decimal | null;
  /** Fees and charges, in USDC. */
  readonly cost: Decimal;
  readonly netEquity: Decimal;
  readonly maintenanceMargin: Decimal;
};

/** What would happen to an account when indexes move so. */
export type AccountStress = {
  readonly before: StressFigures;
  /** The moment with least equity over the maintenance margin. */
  readonly lowest: StressFigures;
  readonly after: StressFigures;
  /** Seconds until marks have followed and nothing more is liquidated. */
  readonly seconds: number;
  /** When the liquidation begins; null when it does not. */
  readonly firstLiquidationSecond: number | null;
  /** Open orders that a liquidation would cancel first; none of them fills in the trial. */
  readonly cancelledOrders: number;
  /** Sum of fees and charges, in USDC. */
  readonly cost: Decimal;
  readonly steps: StressStep[];
  readonly positions: { readonly symbol: string; readonly quantity: Decimal }[];
  readonly balances: { readonly symbol: string; readonly quantity: Decimal }[];
};
