/** Answers about requests for quotes. */
import { z } from 'zod';
import { bool, dec, int, orNull, str } from './answer-scalars.ts';
import { define } from './define.ts';
import * as enums from './enums.ts';
import * as laterEnums from './later-enums.ts';
import { MarketSymbol, NaiveDateTime } from './scalars.ts';

/** A request for quotes. */
export const RequestForQuote = define(
  'RequestForQuote',
  'A request for quotes.',
  z.strictObject({
    rfqId: str('Rfq id.', '112'),
    clientId: orNull(int('Your own id, if you gave one.', 7)),
    symbol: MarketSymbol,
    side: enums.Side,
    price: orNull(dec('Price.', '141.25')),
    quantity: orNull(dec('Quantity.', '2.5')),
    quoteQuantity: orNull(dec('Amount of the quote asset.', '353.12')),
    submissionTime: int('Submission time.', 1750793021519),
    systemOrderType: orNull(enums.SystemOrderType),
    expiryTime: int('Expiry time.', 1750793021519),
    status: enums.OrderStatus,
    executionMode: laterEnums.RfqExecutionMode,
    createdAt: int('When it was created.', 1750793021519),
  }),
);
/** A request for quotes. */
export type RequestForQuote = z.infer<typeof RequestForQuote>;

/** A quote. */
export const Quote = define(
  'Quote',
  'A quote.',
  z.strictObject({
    rfqId: str('Rfq id.', '112'),
    quoteId: str('Quote id.', '113'),
    clientId: orNull(int('Your own id, if you gave one.', 7)),
    bidPrice: dec('Bid price.'),
    askPrice: dec('Ask price.'),
    status: enums.OrderStatus,
    createdAt: int('When it was created.', 1750793021519),
  }),
);
/** A quote. */
export type Quote = z.infer<typeof Quote>;

/** A request with the quotes it got. */
export const RfqWithQuotes = define(
  'RfqWithQuotes',
  'A request with the quotes it got.',
  z.strictObject({
    rfq: RequestForQuote,
    quotes: z.array(Quote),
  }),
);
/** A request with the quotes it got. */
export type RfqWithQuotes = z.infer<typeof RfqWithQuotes>;

/** A request for quotes of the past. */
export const RequestForQuoteHistorical = define(
  'RequestForQuoteHistorical',
  'A request for quotes of the past.',
  z.strictObject({
    rfqId: str('Rfq id.', '112'),
    clientId: orNull(int('Your own id, if you gave one.', 7)),
    symbol: MarketSymbol,
    side: enums.Side,
    price: orNull(dec('Price.', '141.25')),
    quantity: orNull(dec('Quantity.', '2.5')),
    quoteQuantity: orNull(dec('Amount of the quote asset.', '353.12')),
    submissionTime: NaiveDateTime.describe('Submission time.'),
    expiryTime: NaiveDateTime.describe('Expiry time.'),
    status: enums.OrderStatus,
    executionMode: laterEnums.RfqExecutionMode,
    createdAt: NaiveDateTime.describe('When it was created.'),
    deferredSettlementQuoteId: orNull(str('Deferred settlement quote id.', 'text')),
  }),
);
/** A request for quotes of the past. */
export type RequestForQuoteHistorical = z.infer<typeof RequestForQuoteHistorical>;

/** A quote of the past. */
export const QuoteHistorical = define(
  'QuoteHistorical',
  'A quote of the past.',
  z.strictObject({
    rfqId: str('Rfq id.', '112'),
    quoteId: str('Quote id.', '113'),
    clientId: orNull(int('Your own id, if you gave one.', 7)),
    bidPrice: dec('Bid price.'),
    askPrice: dec('Ask price.'),
    status: enums.OrderStatus,
    createdAt: NaiveDateTime.describe('When it was created.'),
    deferredSettlement: bool('Deferred settlement.'),
  }),
);
/** A quote of the past. */
export type QuoteHistorical = z.infer<typeof QuoteHistorical>;

/** A filled request for quotes. */
export const RequestForQuoteFillHistorical = define(
  'RequestForQuoteFillHistorical',
  'A filled request for quotes.',
  z.strictObject({
    rfqId: str('Rfq id.', '112'),
    clientId: orNull(int('Your own id, if you gave one.', 7)),
    quoteId: str('Quote id.', '113'),
    symbol: MarketSymbol,
    side: enums.Side,
    quantity: orNull(dec('Quantity.', '2.5')),
    quoteQuantity: orNull(dec('Amount of the quote asset.', '353.12')),
    fillPrice: dec('Fill price.'),
    createdAt: NaiveDateTime.describe('When it was created.'),
    filledAt: NaiveDateTime.describe('Filled at.'),
    systemOrderType: orNull(enums.SystemOrderType),
  }),
);
/** A filled request for quotes. */
export type RequestForQuoteFillHistorical = z.infer<typeof RequestForQuoteFillHistorical>;

/** A filled quote. */
export const QuoteFillHistorical = define(
  'QuoteFillHistorical',
  'A filled quote.',
  z.strictObject({
    clientId: orNull(int('Your own id, if you gave one.', 7)),
    quoteId: str('Quote id.', '113'),
    rfqId: str('Rfq id.', '112'),
    symbol: MarketSymbol,
    side: enums.Side,
    quantity: dec('Quantity.', '2.5'),
    fillPrice: dec('Fill price.'),
    fee: dec('Fee; negative for a rebate.', '0.14'),
    feeSymbol: str('Asset of the fee.', 'USDC'),
    createdAt: NaiveDateTime.describe('When it was created.'),
    filledAt: NaiveDateTime.describe('Filled at.'),
  }),
);
/** A filled quote. */
export type QuoteFillHistorical = z.infer<typeof QuoteFillHistorical>;
