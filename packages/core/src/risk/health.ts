/** What a health computation answers, in USD as doubles (accounts.md 5). */
export interface Health {
  /** Sum of collateral values with weights (as if settled). */
  collateral: number;
  /** The same with every weight 1. */
  assets: number;
  /** Sum of debt * price (USDC as if settled). */
  borrowLiability: number;
  netEquity: number;
  realEquity: number;
  initialMargin: number;
  maintenanceMargin: number;
  /** Perp exposure with open orders, and with borrows. */
  futuresExposure: number;
  totalExposure: number;
  openOrderLoss: number;
  unrealisedPnl: number;
}

/** Makes a health to be filled by computeHealth. */
export function createHealth(): Health {
  return {
    collateral: 0,
    assets: 0,
    borrowLiability: 0,
    netEquity: 0,
    realEquity: 0,
    initialMargin: 0,
    maintenanceMargin: 0,
    futuresExposure: 0,
    totalExposure: 0,
    openOrderLoss: 0,
    unrealisedPnl: 0,
  };
}
