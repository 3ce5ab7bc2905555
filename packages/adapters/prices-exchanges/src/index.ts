export { type ExchangeFigures, type FeedNews, type FeedRefusal, REFUSALS } from './exchange-feed.ts';
export { ExchangePrices, type ExchangePricesSettings } from './exchange-prices.ts';
export { EXCHANGE_NAMES, type ExchangeName } from './exchanges.ts';
export { isExchangeName, type LiveSource, symbolChoice } from './live-source.ts';
export { PUBLIC_ENDPOINTS } from './public-endpoints.ts';
