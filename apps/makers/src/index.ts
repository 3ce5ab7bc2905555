export { type BotsSettings, createBots } from './create-bots.ts';
export type {
  BalanceInfo,
  BorrowLendMarketInfo,
  BorrowLendPositionInfo,
  ExchangeClient,
  MarketInfo,
  MarkPriceInfo,
  NewOrder,
  OrderResult,
  OrderUpdate,
  PositionInfo,
} from './exchange-client.ts';
export { quieten, type RunSettings, runBots } from './run-bots.ts';
