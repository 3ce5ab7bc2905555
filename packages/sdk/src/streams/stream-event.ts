/** Names of streams, and what each of them says. */
import type { BalanceUpdateEvent, OrderUpdateEvent, PositionUpdateEvent, ReceiptUpdateEvent } from '../types/stream-private.ts';
import type {
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
} from '../types/stream-public.ts';
import type { KlineInterval } from '../types/words.ts';

/** Windows in which changes of a book can be collected. */
export type DepthWindow = '200ms' | '600ms' | '1000ms';

/** Name of a public stream. */
export type PublicStream =
  | `bookTicker.${string}`
  | `depth.${string}`
  | `depth.${DepthWindow}.${string}`
  | `trade.${string}`
  | `kline.${KlineInterval}.${string}`
  | `ticker.${string}`
  | `markPrice.${string}`
  | `openInterest.${string}`
  | 'liquidation'
  | `liquidation.${string}`
  | 'deleveraging'
  | `deleveraging.${string}`
  | 'fundMove';

/** Name of a stream of the account. */
export type PrivateStream =
  | 'account.orderUpdate'
  | `account.orderUpdate.${string}`
  | 'account.positionUpdate'
  | `account.positionUpdate.${string}`
  | 'account.balanceUpdate'
  | 'account.receiptUpdate'
  | `account.receiptUpdate.${string}`;

/** Name of any stream. */
export type StreamName = PublicStream | PrivateStream;

/** What a stream of this name says. */
export type StreamEvent<Name extends StreamName> = Name extends `bookTicker.${string}`
  ? BookTickerEvent
  : Name extends `depth.${string}`
    ? DepthEvent
    : Name extends `trade.${string}`
      ? TradeEvent
      : Name extends `kline.${string}`
        ? KlineEvent
        : Name extends `ticker.${string}`
          ? TickerEvent
          : Name extends `markPrice.${string}`
            ? MarkPriceEvent
            : Name extends `openInterest.${string}`
              ? OpenInterestEvent
              : Name extends 'liquidation' | `liquidation.${string}`
                ? LiquidationEvent
                : Name extends 'deleveraging' | `deleveraging.${string}`
                  ? DeleveragingEvent
                  : Name extends 'fundMove'
                    ? FundMoveEvent
                    : Name extends `account.orderUpdate${string}`
                      ? OrderUpdateEvent
                      : Name extends `account.positionUpdate${string}`
                        ? PositionUpdateEvent
                        : Name extends `account.receiptUpdate${string}`
                          ? ReceiptUpdateEvent
                          : BalanceUpdateEvent;

/** Whether a stream belongs to an account and must be signed for. */
export function isPrivateStream(name: string): boolean {
  return name.startsWith('account.');
}
