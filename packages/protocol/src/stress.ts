/** Questions of what would happen to an account when prices move: what is asked, what a trial is made from, what comes out. */
import type { Genesis } from './genesis.ts';

/** A move of an asset's index, a fraction above -1. */
export interface StressShock {
  asset: number;
  move: number;
}

/** What a stress trial is made from: one account and what its liquidation would meet. */
export interface StressCopy {
  /** With the listings of now. */
  genesis: Genesis;
  timeMicros: number;
  autoLend: number;
  autoRepayBorrows: number;
  autoBorrowSettlements: number;
  leverageLimit: number;
  openOrders: number;
  holdings: { asset: number; freeAtoms: number; lentAtoms: number; debtAtoms: number }[];
  positions: { market: number; sizeLots: number; entryCostAtoms: number; lastMarkTicks: number }[];
  /** Prices as the engine holds them, by asset and by market; nobody between the venue and the trial reads them. */
  assetPrices: object[];
  marketPrices: object[];
  /** BookStates. */
  bookStates: number[];
  /** [priceTicks, lots], best first. */
  books: { market: number; bids: [number, number][]; asks: [number, number][] }[];
  fundUsd: number;
  providersUsd: number;
  capacities: { market: number; freeAtoms: number }[];
}

/** Equity and margin at one moment of a trial, USD. */
export interface StressFigures {
  netEquity: number;
  realEquity: number;
  maintenanceMargin: number;
  totalExposure: number;
  isLiquidating: boolean;
}

/** One thing the venue would do. */
export interface StressStep {
  /** Seconds since the beginning. */
  second: number;
  /** ReceiptKind. */
  kind: number;
  stage: number;
  /** -1 none. */
  market: number;
  asset: number;
  /** Lots bought (positive) or sold, and their average price. */
  lots: number;
  priceTicks: number;
  /** Fees and charges, quote atoms. */
  feeAtoms: number;
  netEquity: number;
  maintenanceMargin: number;
}

/** What would happen to an account. */
export interface StressAnswer {
  before: StressFigures;
  /** Where equity over maintenance was lowest. */
  lowest: StressFigures;
  after: StressFigures;
  /** Seconds that the trial took. */
  seconds: number;
  /** -1 when it is not liquidated. */
  firstLiquidationSecond: number;
  /** Orders that stage 0 would cancel; the trial has none. */
  openOrders: number;
  steps: StressStep[];
  positions: { market: number; sizeLots: number }[];
  holdings: { asset: number; netAtoms: number }[];
}
