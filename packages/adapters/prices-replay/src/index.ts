export { describeRefused, type PriceRow, type RefusedLine, ReplayFault } from './price-row.ts';
export type { ReadSettings } from './read-file-rows.ts';
export { readPriceRows } from './read-price-rows.ts';
export { parseReplayFile, type ReplayFile } from './replay-file.ts';
export { ReplayPrices, type ReplayPricesSettings, type ReplaySummary } from './replay-prices.ts';
export { sourceNames } from './source-names.ts';
