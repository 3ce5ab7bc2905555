/** Where the exchanges publish their streams: the only file that names hosts of others, for whoever means to reach them. */
import type { ExchangeName } from './exchanges.ts';

/** Public WebSocket addresses; none needs an account. */
export const PUBLIC_ENDPOINTS: Readonly<Record<ExchangeName, string>> = {
  binance: 'wss://stream.binance.com:9443/stream',
  okx: 'wss://ws.okx.com:8443/ws/v5/public',
  coinbase: 'wss://ws-feed.exchange.coinbase.com',
  kraken: 'wss://ws.kraken.com/v2',
  bybit: 'wss://stream.bybit.com/v5/public/spot',
};
