/** Queries of history. All take `limit` and `offset`, and a cursor that goes on where the last page ended. */
import { z } from 'zod';
import { mustBe } from '../errors/error-of-issues.ts';
import { FundMoveKind } from './backstop-answers.ts';
import { FillType, MarketType, OrderStatus, PositionState, Side, SortDirection } from './enums.ts';
import { RfqFillType } from './later-enums.ts';
import {
  BorrowLendEventType,
  BorrowLendPositionState,
  BorrowLendSide,
  InterestPaymentSource,
  SettlementSourceFilter,
} from './money-enums.ts';
import { QueryOffset, queryFlag, queryInteger, queryLimit, queryList, queryMillis, queryU16 } from './query-scalars.ts';
import { ReceiptKindWord } from './receipt-answers.ts';
import { AssetSymbol, MarketSymbol, OrderId, text } from './scalars.ts';

const ROWS_MAX = 1_000;

const page = {
  limit: queryLimit(ROWS_MAX),
  offset: QueryOffset,
  sortDirection: SortDirection.describe('Order of the rows by time; Desc when absent.').optional(),
  cursor: text('Goes on after the last row of a page: the X-Next-Cursor header of that page.', 'MTIzNDU', 128).optional(),
};
const marketTypes = queryList(MarketType, 'Only markets of these types.').optional();
const id = (description: string) => text(description, '4400000000039', 64).optional();
const isDeferred = queryFlag('Only those with, or without, deferred settlement.').optional();

/** Which changes of borrows and lends. */
export const BorrowLendHistoryQuery = z.object({
  ...page,
  type: BorrowLendEventType.optional(),
  sources: text('Only these sources, joined by commas.', 'AutoLend,Manual', 512).optional(),
  positionId: id('Only this position.'),
  symbol: AssetSymbol.optional(),
});
/** Which changes of borrows and lends. */
export type BorrowLendHistoryQuery = z.infer<typeof BorrowLendHistoryQuery>;

/** Which interest payments. */
export const InterestHistoryQuery = z.object({
  ...page,
  asset: AssetSymbol.optional(),
  symbol: MarketSymbol.optional(),
  positionId: id('Only this position.'),
  source: InterestPaymentSource.optional(),
});
/** Which interest payments. */
export type InterestHistoryQuery = z.infer<typeof InterestHistoryQuery>;

/** Which borrows and lends. */
export const BorrowLendPositionHistoryQuery = z.object({
  ...page,
  symbol: AssetSymbol.optional(),
  side: BorrowLendSide.optional(),
  state: BorrowLendPositionState.optional(),
});
/** Which borrows and lends. */
export type BorrowLendPositionHistoryQuery = z.infer<typeof BorrowLendPositionHistoryQuery>;

/** Which conversions of small balances. */
export const DustHistoryQuery = z.object({
  ...page,
  id: queryInteger('Only this conversion.', 0, Number.MAX_SAFE_INTEGER, 1).optional(),
  symbol: AssetSymbol.optional(),
});
/** Which conversions of small balances. */
export type DustHistoryQuery = z.infer<typeof DustHistoryQuery>;

/** Which fills. */
export const FillHistoryQuery = z.object({
  ...page,
  orderId: OrderId.optional(),
  strategyId: id('Only this strategy.'),
  from: queryMillis('Not before').optional(),
  to: queryMillis('Before').optional(),
  symbol: MarketSymbol.optional(),
  fillType: FillType.optional(),
  marketType: marketTypes,
});
/** Which fills. */
export type FillHistoryQuery = z.infer<typeof FillHistoryQuery>;

/** Which funding payments. */
export const FundingHistoryQuery = z.object({
  ...page,
  subaccountId: queryU16('Index of the account; the account of the key when absent.').optional(),
  symbol: MarketSymbol.optional(),
});
/** Which funding payments. */
export type FundingHistoryQuery = z.infer<typeof FundingHistoryQuery>;

/** Which orders of the past. */
export const OrderHistoryQuery = z.object({
  ...page,
  orderId: OrderId.optional(),
  strategyId: id('Only this strategy.'),
  symbol: MarketSymbol.optional(),
  marketType: marketTypes,
});
/** Which orders of the past. */
export type OrderHistoryQuery = z.infer<typeof OrderHistoryQuery>;

/** Which positions. */
export const PositionHistoryQuery = z.object({
  ...page,
  symbol: MarketSymbol.optional(),
  state: PositionState.optional(),
  marketType: marketTypes,
});
/** Which positions. */
export type PositionHistoryQuery = z.infer<typeof PositionHistoryQuery>;

/** Which settlements. */
export const SettlementHistoryQuery = z.object({ ...page, source: SettlementSourceFilter.optional() });
/** Which settlements. */
export type SettlementHistoryQuery = z.infer<typeof SettlementHistoryQuery>;

/** Which strategies of the past. */
export const StrategyHistoryQuery = z.object({
  ...page,
  strategyId: id('Only this strategy.'),
  symbol: MarketSymbol.optional(),
  marketType: marketTypes,
});
/** Which strategies of the past. */
export type StrategyHistoryQuery = z.infer<typeof StrategyHistoryQuery>;

/** Which requests for quotes. */
export const RfqHistoryQuery = z.object({
  ...page,
  rfqId: id('Only this request.'),
  symbol: MarketSymbol.optional(),
  status: OrderStatus.optional(),
  side: Side.optional(),
  deferredSettlement: isDeferred,
});
/** Which requests for quotes. */
export type RfqHistoryQuery = z.infer<typeof RfqHistoryQuery>;

/** Which quotes. */
export const QuoteHistoryQuery = z.object({
  ...page,
  quoteId: id('Only this quote.'),
  symbol: MarketSymbol.optional(),
  status: OrderStatus.optional(),
  deferredSettlement: isDeferred,
});
/** Which quotes. */
export type QuoteHistoryQuery = z.infer<typeof QuoteHistoryQuery>;

/** Which filled requests for quotes. */
export const RfqFillHistoryQuery = z.object({
  ...page,
  quoteId: id('Only this quote.'),
  symbol: MarketSymbol.optional(),
  side: Side.optional(),
  fillType: RfqFillType.optional(),
  deferredSettlement: isDeferred,
});
/** Which filled requests for quotes. */
export type RfqFillHistoryQuery = z.infer<typeof RfqFillHistoryQuery>;

/** Which filled quotes. */
export const QuoteFillHistoryQuery = z.object({
  ...page,
  quoteId: id('Only this quote.'),
  symbol: MarketSymbol.optional(),
  side: Side.optional(),
});
/** Which filled quotes. */
export type QuoteFillHistoryQuery = z.infer<typeof QuoteFillHistoryQuery>;

/** Which receipts. */
export const ReceiptsQuery = z.object({
  ...page,
  kind: ReceiptKindWord.optional(),
  symbol: MarketSymbol.optional(),
  from: queryMillis('Not before').optional(),
  to: queryMillis('Before').optional(),
});
/** Which receipts. */
export type ReceiptsQuery = z.infer<typeof ReceiptsQuery>;

/** Which receipt. */
export const ReceiptQuery = z.object({
  id: z
    .string({ error: mustBe('the id of a receipt, such as 91422-65536') })
    .regex(/^\d{1,15}-\d{1,15}$/, { error: mustBe('the id of a receipt, such as 91422-65536') })
    .meta({ description: 'Id of the receipt.', examples: ['91422-65536'] }),
});
/** Which receipt. */
export type ReceiptQuery = z.infer<typeof ReceiptQuery>;

/** Which deleveragings. */
export const DeleveragingsQuery = z.object({
  ...page,
  symbol: MarketSymbol.optional(),
  from: queryMillis('Not before').optional(),
  to: queryMillis('Before').optional(),
});
/** Which deleveragings. */
export type DeleveragingsQuery = z.infer<typeof DeleveragingsQuery>;

/** Which moves of the fund. */
export const FundMovesQuery = z.object({
  ...page,
  kind: FundMoveKind.optional(),
  symbol: AssetSymbol.optional(),
  from: queryMillis('Not before').optional(),
  to: queryMillis('Before').optional(),
});
/** Which moves of the fund. */
export type FundMovesQuery = z.infer<typeof FundMovesQuery>;

/** Which epochs or other rows that have no filter of their own. */
export const PageQuery = z.object(page);
/** Which epochs or other rows that have no filter of their own. */
export type PageQuery = z.infer<typeof PageQuery>;
