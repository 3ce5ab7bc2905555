/** Requests for quotes: not offered yet. */
import { z } from 'zod';
import { QuoteFillHistoryQuery, QuoteHistoryQuery, RfqFillHistoryQuery, RfqHistoryQuery } from '../../schemas/history-requests.ts';
import {
  Quote,
  QuoteFillHistorical,
  QuoteHistorical,
  RequestForQuote,
  RequestForQuoteFillHistorical,
  RequestForQuoteHistorical,
  RfqWithQuotes,
} from '../../schemas/rfq-answers.ts';
import {
  QuoteAcceptPayload,
  QuotePayload,
  RequestForQuoteCancelPayload,
  RequestForQuotePayload,
  RequestForQuoteRefreshPayload,
  RfqsQuery,
} from '../../schemas/rfq-requests.ts';
import { emptyList, readPage } from '../../venue/history-page.ts';
import { defineSignedRoute, NO_BODY, NO_QUERY, type Route } from '../route.ts';
import { notOffered } from './not-offered.ts';

const refuse = () => notOffered('RFQ', 'The books are open: POST /api/v1/order.');

const submitRfq = defineSignedRoute({
  route: 'POST /api/v1/rfq',
  area: 'RFQ',
  summary: 'Asks for quotes.',
  permission: 'trade',
  query: NO_QUERY,
  body: RequestForQuotePayload,
  answer: RequestForQuote,
  handle: refuse,
});

const submitQuote = defineSignedRoute({
  route: 'POST /api/v1/rfq/quote',
  area: 'RFQ',
  summary: 'Quotes both sides of a request.',
  permission: 'trade',
  query: NO_QUERY,
  body: QuotePayload,
  answer: Quote,
  handle: refuse,
});

const acceptQuote = defineSignedRoute({
  route: 'POST /api/v1/rfq/accept',
  area: 'RFQ',
  summary: 'Accepts a quote.',
  permission: 'trade',
  query: NO_QUERY,
  body: QuoteAcceptPayload,
  answer: RequestForQuote,
  handle: refuse,
});

const refreshRfq = defineSignedRoute({
  route: 'POST /api/v1/rfq/refresh',
  area: 'RFQ',
  summary: 'Starts the windows of a request again.',
  permission: 'trade',
  query: NO_QUERY,
  body: RequestForQuoteRefreshPayload,
  answer: RequestForQuote,
  handle: refuse,
});

const cancelRfq = defineSignedRoute({
  route: 'POST /api/v1/rfq/cancel',
  area: 'RFQ',
  summary: 'Withdraws a request.',
  permission: 'trade',
  query: NO_QUERY,
  body: RequestForQuoteCancelPayload,
  answer: RequestForQuote,
  handle: refuse,
});

const readRfqs = defineSignedRoute({
  route: 'GET /api/v1/rfqs',
  area: 'RFQ',
  summary: 'Open requests for quotes; none yet.',
  permission: 'read',
  query: RfqsQuery,
  body: NO_BODY,
  answer: z.array(RfqWithQuotes),
  handle: () => [],
});

const rfqHistory = defineSignedRoute({
  route: 'GET /wapi/v1/history/rfq',
  area: 'RFQ',
  summary: 'Requests for quotes; none yet.',
  permission: 'read',
  query: RfqHistoryQuery,
  body: NO_BODY,
  answer: z.array(RequestForQuoteHistorical),
  handle: async (context) => [...(await readPage(context, context.query, emptyList))],
});

const quoteHistory = defineSignedRoute({
  route: 'GET /wapi/v1/history/quote',
  area: 'RFQ',
  summary: 'Quotes; none yet.',
  permission: 'read',
  query: QuoteHistoryQuery,
  body: NO_BODY,
  answer: z.array(QuoteHistorical),
  handle: async (context) => [...(await readPage(context, context.query, emptyList))],
});

const rfqFillHistory = defineSignedRoute({
  route: 'GET /wapi/v1/history/rfq/fill',
  area: 'RFQ',
  summary: 'Filled requests for quotes; none yet.',
  permission: 'read',
  query: RfqFillHistoryQuery,
  body: NO_BODY,
  answer: z.array(RequestForQuoteFillHistorical),
  handle: async (context) => [...(await readPage(context, context.query, emptyList))],
});

const quoteFillHistory = defineSignedRoute({
  route: 'GET /wapi/v1/history/quote/fill',
  area: 'RFQ',
  summary: 'Filled quotes; none yet.',
  permission: 'read',
  query: QuoteFillHistoryQuery,
  body: NO_BODY,
  answer: z.array(QuoteFillHistorical),
  handle: async (context) => [...(await readPage(context, context.query, emptyList))],
});

/** Routes about requests for quotes. */
export const RFQ_ROUTES: readonly Route[] = [
  submitRfq,
  submitQuote,
  acceptQuote,
  refreshRfq,
  cancelRfq,
  readRfqs,
  rfqHistory,
  quoteHistory,
  rfqFillHistory,
  quoteFillHistory,
];
