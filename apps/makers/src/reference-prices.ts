/** Index and mark of every market, read from the exchange for all bots together. */
import type { ExchangeClient } from './exchange-client.ts';
import { followMove, type MarketView } from './fair-price.ts';
import type { MarketScale } from './market-scale.ts';

/** What all bots know of prices. */
export interface ReferencePrices {
  /** Null while the market has no price. */
  view(symbol: string): MarketView | null;
  /** What the index of a market usually moves by in a second (and by its root in more), a fraction. */
  movePerRootSecond(symbol: string): number;
  /** Looks again. */
  refresh(): Promise<void>;
}

/** Makes the shared view of prices; spot markets take the index of their base's perpetual, or the mark of the asset. */
export function createReferencePrices(client: ExchangeClient, markets: readonly MarketScale[], nowSeconds: () => number): ReferencePrices {
  const views = new Map<string, MarketView & { readonly atSeconds: number }>();
  const moves = new Map<string, number>();
  const note = (symbol: string, index: number, mark: number): void => {
    if (!(index > 0 && mark > 0)) return;
    const before = views.get(symbol);
    const atSeconds = nowSeconds();
    if (before !== undefined) {
      const look = { before: before.index, now: index, seconds: atSeconds - before.atSeconds };
      moves.set(symbol, followMove(moves.get(symbol) ?? 0, look));
    }
    views.set(symbol, { index, mark, atSeconds });
  };
  const perps = markets.filter(({ isPerp }) => isPerp);
  const readAssets = async (): Promise<void> => {
    const marks = new Map((await client.borrowLendMarkets()).map(({ symbol, assetMarkPrice }) => [symbol, Number(assetMarkPrice)]));
    for (const { symbol, base, isPerp } of markets) {
      if (isPerp || perps.some((perp) => perp.base === base)) continue;
      note(symbol, marks.get(base) ?? 0, marks.get(base) ?? 0);
    }
  };
  return {
    view: (symbol) => views.get(symbol) ?? null,
    movePerRootSecond: (symbol) => moves.get(symbol) ?? 0,
    refresh: async () => {
      const marks = new Map((await client.markPrices()).map((price) => [price.symbol, price]));
      for (const { symbol, base } of perps) {
        const price = marks.get(symbol);
        if (price === undefined || price.indexPrice === null) continue;
        const index = Number(price.indexPrice);
        note(symbol, index, Number(price.markPrice));
        for (const spot of markets) if (!spot.isPerp && spot.base === base) note(spot.symbol, index, index);
      }
      await readAssets();
    },
  };
}
