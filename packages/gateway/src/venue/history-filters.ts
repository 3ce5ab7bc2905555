/** Filters of history routes as the store takes them: indexes for symbols and words; an empty list means that nothing can match. */
import { BorrowLendSource, OrderOrigin, SettlementSource } from '@mochila/protocol';
import { ApiError } from '../errors/api-error.ts';
import type { FillType, MarketType } from '../schemas/enums.ts';
import { type SettlementSourceFilter, BorrowLendSource as SourceWord } from '../schemas/money-enums.ts';
import type { VenueDirectory } from './directory.ts';

const MICROS_PER_MILLI = 1_000;

/** MarketIxs of a symbol and of types; undefined when all are meant. @throws ApiError INVALID_MARKET. */
export function marketsOf(
  directory: VenueDirectory,
  { symbol, marketType }: { readonly symbol?: string | undefined; readonly marketType?: readonly MarketType[] | undefined },
): number[] | undefined {
  if (symbol === undefined && marketType === undefined) return undefined;
  const named = symbol === undefined ? directory.markets : [directory.market(symbol)];
  return named.filter(({ listing }) => marketType === undefined || marketType.includes(listing.type)).map(({ ix }) => ix);
}

/** AssetIxs of a symbol; undefined when all are meant. @throws ApiError INVALID_ASSET. */
export function assetsOf(directory: VenueDirectory, symbol: string | undefined): number[] | undefined {
  return symbol === undefined ? undefined : [directory.asset(symbol).ix];
}

/** The span of a request in microseconds. @throws ApiError INVALID_RANGE for one that ends before it begins. */
export function timesOf({ from, to }: { readonly from?: number | undefined; readonly to?: number | undefined }) {
  if (from !== undefined && to !== undefined && from > to)
    throw new ApiError(
      'INVALID_RANGE',
      `\`from\` is ${from}, which is after \`to\`, ${to}: both are Unix milliseconds, the earlier first.`,
    );
  return { fromMicros: microsOf(from), toMicros: microsOf(to) };
}

function microsOf(millis: number | undefined): number | undefined {
  return millis === undefined ? undefined : Math.min(millis * MICROS_PER_MILLI, Number.MAX_SAFE_INTEGER);
}

/**
 * A liquidation closes positions as such; what it sells and buys on spot markets for debts is conversion of collateral, and so
 * is what is sold for a settlement borrow. All of liquidation has both: who borrowed on margin was liquidated too.
 */
const ORIGINS: Readonly<Record<FillType, readonly number[]>> = {
  User: [OrderOrigin.User],
  BookLiquidation: [OrderOrigin.LiquidationAutoclose],
  Adl: [OrderOrigin.AdlAutoclose],
  Backstop: [OrderOrigin.BackstopLiquidityProvider],
  Liquidation: [OrderOrigin.LiquidationAutoclose],
  AllLiquidation: [
    OrderOrigin.LiquidationAutoclose,
    OrderOrigin.AdlAutoclose,
    OrderOrigin.BackstopLiquidityProvider,
    OrderOrigin.CollateralConversion,
  ],
  CollateralConversion: [OrderOrigin.CollateralConversion],
  CollateralConversionAndSpotLiquidation: [OrderOrigin.CollateralConversion],
};

/** OrderOrigins of a kind of fills; undefined when all are meant. */
export function originsOf(fillType: FillType | undefined): readonly number[] | undefined {
  return fillType === undefined ? undefined : ORIGINS[fillType];
}

/** BorrowLendSources of words joined by commas. @throws ApiError INVALID_SOURCE for a word that is none. */
export function sourcesOf(words: string | undefined): number[] | undefined {
  return words?.split(',').flatMap((word) => {
    const source = SourceWord.safeParse(word.trim());
    if (!source.success) throw new ApiError('INVALID_SOURCE', `\`sources\` knows ${SourceWord.options.join(', ')}, not "${word}".`);
    const known: Readonly<Record<string, number>> = BorrowLendSource;
    return known[source.data] ?? [];
  });
}

/** SettlementSources of a filter; the interface knows more than there are here. */
export function settlementSourcesOf(filter: SettlementSourceFilter | undefined): number[] | undefined {
  if (filter === undefined) return undefined;
  const known: Readonly<Record<string, number>> = SettlementSource;
  const source = known[filter];
  return source === undefined ? [] : [source];
}
