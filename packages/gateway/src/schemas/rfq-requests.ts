/** Requests about quotes. */
import { z } from 'zod';
import { define } from './define.ts';
import { Side } from './enums.ts';
import { RfqExecutionMode } from './later-enums.ts';
import { spotMarginFlags } from './order-requests.ts';
import { queryFlag, queryInteger, queryU16 } from './query-scalars.ts';
import { Amount, ClientId, MarketSymbol, Price, Quantity, text } from './scalars.ts';

const RfqId = text('Id of the request.', '112', 32);
const QuoteId = text('Id of the quote.', '113', 32);

/** Asks for quotes. */
export const RequestForQuotePayload = define(
  'RequestForQuotePayload',
  'Asks for quotes.',
  z.strictObject({
    symbol: MarketSymbol,
    side: Side,
    quantity: Quantity.optional(),
    quoteQuantity: Amount.optional(),
    price: Price.optional(),
    executionMode: RfqExecutionMode.optional(),
    clientId: ClientId.optional(),
    ...spotMarginFlags,
  }),
  { symbol: 'SOL_USDC_RFQ', side: 'Bid', quantity: '10' },
);
/** Asks for quotes. */
export type RequestForQuotePayload = z.infer<typeof RequestForQuotePayload>;

/** Quotes both sides of a request. */
export const QuotePayload = define(
  'QuotePayload',
  'Quotes both sides of a request.',
  z.strictObject({ rfqId: RfqId, bidPrice: Price, askPrice: Price, clientId: ClientId.optional(), ...spotMarginFlags }),
  { rfqId: '112', bidPrice: '141.1', askPrice: '141.4' },
);
/** Quotes both sides of a request. */
export type QuotePayload = z.infer<typeof QuotePayload>;

/** Accepts a quote. */
export const QuoteAcceptPayload = define(
  'QuoteAcceptPayload',
  'Accepts a quote.',
  z.strictObject({ quoteId: QuoteId, rfqId: RfqId.optional(), clientId: ClientId.optional() }),
  { quoteId: '113' },
);
/** Accepts a quote. */
export type QuoteAcceptPayload = z.infer<typeof QuoteAcceptPayload>;

/** Starts the windows of a request again. */
export const RequestForQuoteRefreshPayload = define(
  'RequestForQuoteRefreshPayload',
  'Drops the quotes of a request and starts its windows again.',
  z.strictObject({ rfqId: RfqId }),
);
/** Starts the windows of a request again. */
export type RequestForQuoteRefreshPayload = z.infer<typeof RequestForQuoteRefreshPayload>;

/** Withdraws a request. */
export const RequestForQuoteCancelPayload = define(
  'RequestForQuoteCancelPayload',
  'Withdraws a request.',
  z.strictObject({ rfqId: RfqId.optional(), clientId: ClientId.optional() }),
  { rfqId: '112' },
);
/** Withdraws a request. */
export type RequestForQuoteCancelPayload = z.infer<typeof RequestForQuoteCancelPayload>;

/** Which open requests to list. */
export const RfqsQuery = z.object({
  symbol: MarketSymbol.optional(),
  rfqId: queryInteger('Only this request.', 0, Number.MAX_SAFE_INTEGER, 112).optional(),
  deferredSettlement: queryFlag('Only those with, or without, deferred settlement.').optional(),
  subaccountId: queryU16('Index of the account; the account of the key when absent.').optional(),
});
/** Which open requests to list. */
export type RfqsQuery = z.infer<typeof RfqsQuery>;
