/** What stands beside the lines of a receipt, and the listings it is written with. */
import type { AssetListing, MarketListing } from '../genesis.ts';

/** What stands beside the lines. */
export interface ReceiptHead {
  seq: number;
  ix: number;
  receipt: number;
  /** ReceiptRole. */
  role: number;
  /** ReceiptKind. */
  kind: number;
  market: number;
  asset: number;
  stage: number;
  ruleVersion: number;
  actsOmitted: number;
  timeMicros: number;
}

/** Whom a receipt is for. */
export const ReceiptRole = { Owner: 0, Counterparty: 1 } as const;
export type ReceiptRole = (typeof ReceiptRole)[keyof typeof ReceiptRole];

/** What the venue lists, by index. */
export interface ReceiptListing {
  readonly assets: readonly AssetListing[];
  readonly markets: readonly MarketListing[];
  readonly sources: readonly { readonly name: string }[];
}
