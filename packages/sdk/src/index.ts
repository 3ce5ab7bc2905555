/** Typed client of the venue: signs, sends, subscribes, repairs gaps. Runs in Node 20 and newer, and in browsers. */
export { formatDecimal, type Parsed, parseDecimal } from '@mochila/units';
export { assets } from './actions/assets.ts';
export { backstopCapacity } from './actions/backstop-capacity.ts';
export { type BorrowLendParams, borrowLend } from './actions/borrow-lend.ts';
export { borrowLendMarkets } from './actions/borrow-lend-markets.ts';
export { type BorrowLendMarketsHistoryParams, borrowLendMarketsHistory } from './actions/borrow-lend-markets-history.ts';
export { type BorrowLendRatesParams, borrowLendRates } from './actions/borrow-lend-rates.ts';
export { type BorrowLiquidationPriceParams, borrowLiquidationPrice } from './actions/borrow-liquidation-price.ts';
export { type CancelAllOrdersParams, cancelAllOrders } from './actions/cancel-all-orders.ts';
export { type CancelOrderParams, cancelOrder } from './actions/cancel-order.ts';
export { collateralAssets } from './actions/collateral-assets.ts';
export { type ConvertDustParams, convertDust } from './actions/convert-dust.ts';
export { type CreateKeyParams, createKey } from './actions/create-key.ts';
export { createSubaccount } from './actions/create-subaccount.ts';
export { type CreateWithdrawalDelayParams, createWithdrawalDelay } from './actions/create-withdrawal-delay.ts';
export { type DeleveragingsParams, deleveragings } from './actions/deleveragings.ts';
export { type DepositAddressParams, depositAddress } from './actions/deposit-address.ts';
export { type DepthParams, depth } from './actions/depth.ts';
export { type ExplainMarkParams, explainMark } from './actions/explain-mark.ts';
export { type FaucetParams, faucet } from './actions/faucet.ts';
export { type FundHistoryParams, fundHistory } from './actions/fund-history.ts';
export { type FundMovesParams, fundMoves } from './actions/fund-moves.ts';
export { type FundingRatesParams, fundingRates } from './actions/funding-rates.ts';
export { getAccount } from './actions/get-account.ts';
export { getBackstop } from './actions/get-backstop.ts';
export { getBalances } from './actions/get-balances.ts';
export { type GetCollateralParams, getCollateral } from './actions/get-collateral.ts';
export { getFund } from './actions/get-fund.ts';
export { type GetOrderParams, getOrder } from './actions/get-order.ts';
export { type GetReceiptParams, getReceipt } from './actions/get-receipt.ts';
export { type GetStressParams, getStress } from './actions/get-stress.ts';
export { getWithdrawalDelay } from './actions/get-withdrawal-delay.ts';
export { type HistoryBorrowLendParams, historyBorrowLend } from './actions/history-borrow-lend.ts';
export { type HistoryBorrowLendPositionsParams, historyBorrowLendPositions } from './actions/history-borrow-lend-positions.ts';
export { type HistoryDustParams, historyDust } from './actions/history-dust.ts';
export { type HistoryFillsParams, historyFills } from './actions/history-fills.ts';
export { type HistoryFundingParams, historyFunding } from './actions/history-funding.ts';
export { type HistoryInterestParams, historyInterest } from './actions/history-interest.ts';
export { type HistoryOrdersParams, historyOrders } from './actions/history-orders.ts';
export { type HistoryPositionsParams, historyPositions } from './actions/history-positions.ts';
export { type HistorySettlementsParams, historySettlements } from './actions/history-settlements.ts';
export { type KlinesParams, klines } from './actions/klines.ts';
export { listBorrowLendPositions } from './actions/list-borrow-lend-positions.ts';
export { listDebtNotes } from './actions/list-debt-notes.ts';
export { type ListDepositsParams, listDeposits } from './actions/list-deposits.ts';
export { type ListKeysParams, listKeys } from './actions/list-keys.ts';
export { type ListOpenOrdersParams, listOpenOrders } from './actions/list-open-orders.ts';
export { type ListPositionsParams, listPositions } from './actions/list-positions.ts';
export { type ListReceiptsParams, listReceipts } from './actions/list-receipts.ts';
export { listSubaccounts } from './actions/list-subaccounts.ts';
export { type ListWithdrawalsParams, listWithdrawals } from './actions/list-withdrawals.ts';
export { type MarkPricesParams, markPrices } from './actions/mark-prices.ts';
export { type MarketParams, market } from './actions/market.ts';
export { type MarketsParams, markets } from './actions/markets.ts';
export { type MaxBorrowParams, maxBorrow } from './actions/max-borrow.ts';
export { type MaxOrderParams, maxOrder } from './actions/max-order.ts';
export { type MaxWithdrawalParams, maxWithdrawal } from './actions/max-withdrawal.ts';
export { type OpenInterestParams, openInterest } from './actions/open-interest.ts';
export { ping } from './actions/ping.ts';
export { type PlaceOrderParams, placeOrder } from './actions/place-order.ts';
export { type PlaceOrdersParams, placeOrders } from './actions/place-orders.ts';
export { type RepayDebtNoteParams, repayDebtNote } from './actions/repay-debt-note.ts';
export { type RequestWithdrawalParams, requestWithdrawal } from './actions/request-withdrawal.ts';
export { type RevokeKeyParams, revokeKey } from './actions/revoke-key.ts';
export { type SettlementsParams, settlements } from './actions/settlements.ts';
export { status } from './actions/status.ts';
export { type TickerParams, ticker } from './actions/ticker.ts';
export { type TickersParams, tickers } from './actions/tickers.ts';
export { time } from './actions/time.ts';
export { type TradesParams, trades } from './actions/trades.ts';
export { type TradesHistoryParams, tradesHistory } from './actions/trades-history.ts';
export { type TransferParams, transfer } from './actions/transfer.ts';
export { type UpdateAccountParams, updateAccount } from './actions/update-account.ts';
export { type UpdateBackstopParams, updateBackstop } from './actions/update-backstop.ts';
export { type UpdateWithdrawalDelayParams, updateWithdrawalDelay } from './actions/update-withdrawal-delay.ts';
export { allRows } from './all-rows.ts';
export { type Budget, type Client, type ClientOptions, createClient, LOCAL_URL } from './client.ts';
export { ApiFault, type ApiFaultFacts, NetworkFault, StreamFault, UsageFault, wordsOf } from './faults.ts';
export { createMarketScale, type MarketScale } from './market-scale.ts';
export type { ReceiptCheck } from './receipts/checks.ts';
export { parseReceipt } from './receipts/parse-receipt.ts';
export { type ReceiptVerdict, verifyReceipt } from './receipts/verify-receipt.ts';
export { learnClock, type WriteOptions } from './request.ts';
export { createKeyPair, type KeyPair, type RequestSigner, signerOfCryptoKeys, signerOfSecret } from './signer.ts';
export type { ConnectionRules, StreamState } from './streams/connection.ts';
export type { Followed } from './streams/follow-account.ts';
export { type Balances, followBalances } from './streams/follow-balances.ts';
export { type BookListener, type FollowedBook, followBook } from './streams/follow-book.ts';
export { followOrders, type OpenOrder, type OpenOrders } from './streams/follow-orders.ts';
export { followPositions, type OpenPosition, type OpenPositions } from './streams/follow-positions.ts';
export { type ApplyResult, type BookLevel, LocalBook } from './streams/local-book.ts';
export { openStreams, type Streams, type StreamsOptions, type SubscribeOptions, type Subscription } from './streams/open-streams.ts';
export type { OpenSocket, SocketEvent, SocketLike } from './streams/socket.ts';
export type { DepthWindow, PrivateStream, PublicStream, StreamEvent, StreamName } from './streams/stream-event.ts';
export type { AccountSummary, MaxBorrowQuantity, MaxOrderQuantity, MaxWithdrawalQuantity } from './types/account.ts';
export type {
  BackstopCapacity,
  BackstopNotice,
  BackstopPosting,
  DebtNote,
  Deleveraging,
  Fund,
  FundBalance,
  FundMarket,
  FundMove,
} from './types/backstop.ts';
export type {
  ApyRates,
  BorrowLendApyRate,
  BorrowLendHistory,
  BorrowLendMarket,
  BorrowLendMovement,
  BorrowLendPositionRow,
  BorrowLendPositionWithMargin,
  InterestPayment,
  PositionEstimatedLiquidationPrice,
  StakingApyRate,
} from './types/borrow-lend.ts';
export type {
  Balance,
  Collateral,
  Deposit,
  DepositAddress,
  DustConversion,
  MarginAccountSummary,
  Settlement,
  Withdrawal,
  WithdrawalDelay,
} from './types/capital.ts';
export type { Depth, FundingIntervalRate, Kline, LevelText, MarkPrice, OpenInterest, Ticker, Trade } from './types/market-data.ts';
export type {
  CollateralFunction,
  CollateralSummary,
  MarginFunction,
  Market,
  MarketAsset,
  OrderBookFilters,
  PriceBandMarkPrice,
  PriceBandMeanPremium,
  PriceFilter,
  QuantityFilter,
  Token,
} from './types/markets.ts';
export type { BatchOrderResult, LimitOrder, MarketOrder, OrderAnswer, OrderFill, PastOrder } from './types/orders.ts';
export type {
  ApiKey,
  FaucetGrant,
  MarkExplanation,
  MarkRedemption,
  MarkSource,
  SettlementEpoch,
  SettlementEpochMarket,
  Subaccount,
  Transfer,
} from './types/own.ts';
export type { Page, PageParams } from './types/page.ts';
export type { FundingPayment, FuturePositionWithMargin, PositionHistoryRow } from './types/positions.ts';
export type { Receipt, ReceiptSummary } from './types/receipts.ts';
export type { BalanceUpdateEvent, OrderOrigin, OrderUpdateEvent, PositionUpdateEvent, ReceiptUpdateEvent } from './types/stream-private.ts';
export type {
  BookTickerEvent,
  DeleveragingEvent,
  DepthEvent,
  FundMoveEvent,
  KlineEvent,
  LiquidationEvent,
  MarkPriceEvent,
  OpenInterestEvent,
  TickerEvent,
  TradeEvent,
} from './types/stream-public.ts';
export type { AccountStress, StressFigures, StressStep } from './types/stress.ts';
export type { StatusAndMessage } from './types/venue.ts';
export type {
  Blockchain,
  BorrowLendBookState,
  BorrowLendEventType,
  BorrowLendMarketHistoryInterval,
  BorrowLendPositionState,
  BorrowLendSide,
  BorrowLendSource,
  CancelOrderType,
  DateTimeText,
  Decimal,
  DepositSource,
  DepositStatus,
  DepthLimit,
  FillType,
  FundMoveKind,
  InterestPaymentSource,
  KeyPermission,
  KlineInterval,
  KlinePriceType,
  MarketType,
  OrderBookState,
  OrderExpiryReason,
  OrderStatus,
  OrderType,
  PaymentType,
  PositionState,
  SelfTradePrevention,
  SettlementSource,
  SettlementSourceFilter,
  Side,
  SlippageToleranceType,
  SortDirection,
  SystemOrderType,
  TickerInterval,
  TimeInForce,
  TriggerBy,
  VenueStatus,
  WithdrawalStatus,
} from './types/words.ts';
