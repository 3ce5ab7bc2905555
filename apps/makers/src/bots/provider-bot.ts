/** The backstop provider: offers to take over positions and debts in liquidation, and sells what it took bit by bit. */
import type { Bot, BotSurroundings } from '../bot.ts';
import type { ExchangeClient, NewOrder } from '../exchange-client.ts';
import type { MarketScale } from '../market-scale.ts';

/** A market that it stands behind. */
export interface BackedMarket {
  readonly scale: MarketScale;
  /** USDC ring-fenced for it. */
  readonly capitalUsd: number;
}

/** Notional carried at once for a dollar of capital, and what of that is taken in a minute. */
const LEVERAGE = 3;
const MINUTE_SHARE = 0.5;
/** Part of a position that is given back to the market at each step. */
const UNWIND_SHARE = 0.2;

/** Makes a provider over its own account. The offers are made once, in its first steps; a market that refuses is tried again later. */
export function createProviderBot(
  name: string,
  client: ExchangeClient,
  markets: readonly BackedMarket[],
  surroundings: BotSurroundings,
): Bot {
  const { budget, report } = surroundings;
  const waiting = new Set(markets);
  const scales = new Map(markets.map(({ scale }) => [scale.symbol, scale]));

  const offer = async (market: BackedMarket): Promise<void> => {
    const { scale, capitalUsd } = market;
    const most = capitalUsd * LEVERAGE;
    const amounts = {
      capital: String(capitalUsd),
      maxNotional: String(most),
      maxPerMinute: String(most * MINUTE_SHARE),
      maxPerHour: String(most),
    };
    try {
      await client.updateBackstop({ symbol: scale.symbol, ...amounts });
      waiting.delete(market);
    } catch (error) {
      report(`${name}: ${scale.symbol}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const unwind = async (): Promise<void> => {
    const orders: NewOrder[] = [];
    for (const { symbol, netQuantity } of await client.positions()) {
      const scale = scales.get(symbol);
      const held = Number(netQuantity);
      if (scale === undefined || held === 0) continue;
      const all = Math.round(Math.abs(held) / scale.lot);
      const lots = Math.min(all, Math.max(scale.lotsMin, Math.ceil(all * UNWIND_SHARE)));
      orders.push({ symbol, side: held > 0 ? 'Ask' : 'Bid', orderType: 'Market', quantity: scale.quantityText(lots), reduceOnly: true });
    }
    if (orders.length > 0 && budget.tryTake(1)) await client.placeOrders(orders.slice(0, 50));
  };
  return {
    name,
    everySeconds: 10,
    stop: () => undefined,
    step: async () => {
      for (const market of [...waiting]) if (budget.tryTake(1)) await offer(market);
      if (budget.tryTake(1)) await unwind();
    },
  };
}
