/** Every stream: its name, its payload, and how often it speaks. The generated document is made from this table. */
import type { z } from 'zod';
import { KlineInterval } from './enums.ts';
import { BalanceUpdateEvent, OrderUpdateEvent, PositionUpdateEvent, ReceiptUpdateEvent, RfqUpdateEvent } from './stream-private.ts';
import {
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
} from './stream-public.ts';

/** What can stand in a part of a stream name. */
export type StreamParameter = { readonly description: string; readonly words?: readonly string[]; readonly example: string };

/** One kind of stream. */
export type StreamDefinition = {
  /** Name with its variable parts in braces. */
  readonly name: string;
  readonly summary: string;
  /** When frames are sent. */
  readonly pushed: string;
  readonly isPrivate: boolean;
  readonly parameters: Readonly<Record<string, StreamParameter>>;
  readonly payload: z.ZodObject;
};

/** Windows in which depth changes can be collected. */
export const DEPTH_WINDOWS = ['200ms', '600ms', '1000ms'] as const;

const symbol: StreamParameter = { description: 'Symbol of the market.', example: 'SOL_USDC_PERP' };
const interval: StreamParameter = { description: 'Length of a candle.', words: KlineInterval.options, example: '1m' };
const window: StreamParameter = { description: 'Window in which changes are collected.', words: DEPTH_WINDOWS, example: '200ms' };

const open = (
  name: string,
  summary: string,
  pushed: string,
  payload: z.ZodObject,
  parameters: StreamDefinition['parameters'] = { symbol },
) => ({
  name,
  summary,
  pushed,
  isPrivate: false,
  parameters,
  payload,
});

const closed = (name: string, summary: string, pushed: string, payload: z.ZodObject): StreamDefinition[] => [
  { name, summary: `${summary} of all markets.`, pushed, isPrivate: true, parameters: {}, payload },
  { name: `${name}.{symbol}`, summary: `${summary} of one market.`, pushed, isPrivate: true, parameters: { symbol }, payload },
];

/** Every stream of the venue. */
export const STREAMS: readonly StreamDefinition[] = [
  open('bookTicker.{symbol}', 'Best bid and ask.', 'on every change', BookTickerEvent),
  open('depth.{symbol}', 'Changes of the book.', 'on every change', DepthEvent),
  open('depth.{window}.{symbol}', 'Changes of the book, collected.', 'once a window, when something changed', DepthEvent, {
    window,
    symbol,
  }),
  open('trade.{symbol}', 'Trades, liquidations included.', 'on every trade', TradeEvent),
  open('kline.{interval}.{symbol}', 'Candles.', 'on change, at most once a second, and once closed', KlineEvent, { interval, symbol }),
  open('ticker.{symbol}', 'Statistics of the last 24 hours.', 'once a second', TickerEvent),
  open('markPrice.{symbol}', 'Mark price, index price and funding.', 'once a second', MarkPriceEvent),
  open('openInterest.{symbol}', 'Open interest.', 'once a minute', OpenInterestEvent),
  open('liquidation', 'Liquidations of all markets.', 'on every liquidation', LiquidationEvent, {}),
  open('liquidation.{symbol}', 'Liquidations of one market.', 'on every liquidation', LiquidationEvent),
  open('deleveraging', 'Positions closed against winners, of all markets.', 'on every close', DeleveragingEvent, {}),
  open('deleveraging.{symbol}', 'Positions closed against winners, of one market.', 'on every close', DeleveragingEvent),
  open('fundMove', 'What the fund received and paid.', 'on every move', FundMoveEvent, {}),
  ...closed('account.orderUpdate', 'Changes of orders', 'on every change', OrderUpdateEvent),
  ...closed('account.positionUpdate', 'Positions at the start, then their changes,', 'on every change', PositionUpdateEvent),
  ...closed('account.rfqUpdate', 'Changes of requests for quotes and quotes', 'on every change', RfqUpdateEvent),
  ...closed('account.receiptUpdate', 'What the venue did by itself: receipts', 'on every receipt', ReceiptUpdateEvent),
  {
    name: 'account.balanceUpdate',
    summary: 'Balances after changes.',
    pushed: 'on every change',
    isPrivate: true,
    parameters: {},
    payload: BalanceUpdateEvent,
  },
];
