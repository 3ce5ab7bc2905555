/**
 * What the reference bots need of an exchange: one signed account, in the public interface's own words.
 *
 * Quantities and prices are decimal texts, as on the wire. Every call may throw; a bot then waits and tries again.
 */

/** A market as the public interface lists it. */
export interface MarketInfo {
  readonly symbol: string;
  readonly marketType: 'SPOT' | 'PERP';
  readonly baseSymbol: string;
  readonly tickSize: string;
  readonly stepSize: string;
  readonly minQuantity: string;
}

/** Mark and index of a perpetual. */
export interface MarkPriceInfo {
  readonly symbol: string;
  readonly markPrice: string;
  readonly indexPrice: string | null;
  readonly fundingRate: string | null;
}

/** A new order. */
export interface NewOrder {
  readonly symbol: string;
  readonly side: 'Bid' | 'Ask';
  readonly orderType: 'Limit' | 'Market';
  readonly quantity: string;
  /** Absent on market orders. */
  readonly price?: string;
  readonly timeInForce?: 'GTC' | 'IOC';
  readonly postOnly?: boolean;
  readonly reduceOnly?: boolean;
  /** Spot: borrows what is missing. */
  readonly autoBorrow?: boolean;
}

/** What became of one order of a batch. */
export type OrderResult =
  /** `isOver`: it ended at once, filled or not. */
  { readonly isAccepted: true; readonly isOver: boolean } | { readonly isAccepted: false; readonly code: string; readonly message: string };

/** The best price of each side; null for a side without orders. */
export interface BestPrices {
  readonly bid: string | null;
  readonly ask: string | null;
}

/** A balance: all that is owned, held and lent included. */
export interface BalanceInfo {
  readonly symbol: string;
  readonly total: string;
}

/** A perpetual position; long is positive. */
export interface PositionInfo {
  readonly symbol: string;
  readonly netQuantity: string;
}

/** A lending pool. */
export interface BorrowLendMarketInfo {
  readonly symbol: string;
  readonly assetMarkPrice: string;
  readonly lentQuantity: string;
  readonly borrowedQuantity: string;
}

/** A lend, positive, or a debt, negative. */
export interface BorrowLendPositionInfo {
  readonly symbol: string;
  readonly netQuantity: string;
}

/** What a backstop provider offers in a market. */
export interface BackstopOffer {
  readonly symbol: string;
  readonly capital: string;
  readonly maxNotional: string;
  readonly maxPerMinute: string;
  readonly maxPerHour: string;
}

/** A change of an own order. */
export interface OrderUpdate {
  readonly symbol: string;
  readonly isFill: boolean;
}

/** One account at an exchange. */
export interface ExchangeClient {
  markets(): Promise<readonly MarketInfo[]>;
  markPrices(): Promise<readonly MarkPriceInfo[]>;
  bestPrices(symbol: string): Promise<BestPrices>;
  borrowLendMarkets(): Promise<readonly BorrowLendMarketInfo[]>;
  /** Sends a batch of 1 to 50 orders; each is judged by itself. */
  placeOrders(orders: readonly NewOrder[]): Promise<readonly OrderResult[]>;
  /** Cancels the account's orders in a market. */
  cancelAll(symbol: string): Promise<void>;
  balances(): Promise<readonly BalanceInfo[]>;
  positions(): Promise<readonly PositionInfo[]>;
  borrowLendPositions(): Promise<readonly BorrowLendPositionInfo[]>;
  borrowLend(act: { readonly symbol: string; readonly side: 'Borrow' | 'Lend'; readonly quantity: string }): Promise<void>;
  updateAccount(settings: { readonly autoLend?: boolean; readonly autoRepayBorrows?: boolean }): Promise<void>;
  /** Offers to take over positions or debts of a market in liquidation; amounts in USDC. */
  updateBackstop(offer: BackstopOffer): Promise<void>;
  /** Asks the sandbox for test money. */
  useFaucet(ask: { readonly symbol: string; readonly quantity: string }): Promise<void>;
  /** Follows the account's own orders from now on, reconnecting by itself. @returns how to stop. */
  subscribeOrders(listener: (update: OrderUpdate) => void): () => void;
}
