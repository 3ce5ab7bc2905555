/** The funding arbitrageur: keeps a perpetual and its coin together, and is paid by whoever pulls them apart. */
import { type ArbitrageRules, decideArbitrage } from '../arbitrage.ts';
import type { Bot, BotSurroundings } from '../bot.ts';
import type { ExchangeClient, NewOrder } from '../exchange-client.ts';
import type { MarketScale } from '../market-scale.ts';

/** A perpetual and the spot market of its base. */
export interface ArbitragePair {
  readonly perp: MarketScale;
  readonly spot: MarketScale;
}

const RULES: ArbitrageRules = { enter: 0.0015, leave: 0.0003, clipUsd: 2_000, positionMaxUsd: 60_000 };

/** Makes an arbitrageur over its own account. */
export function createArbitrageBot(
  name: string,
  client: ExchangeClient,
  pairs: readonly ArbitragePair[],
  surroundings: BotSurroundings,
): Bot {
  const { prices, budget, report } = surroundings;
  const trade = async ({ perp, spot }: ArbitragePair, held: ReadonlyMap<string, number>): Promise<void> => {
    const view = prices.view(perp.symbol);
    if (view === null) return;
    const positionUsd = (held.get(perp.symbol) ?? 0) * view.mark;
    const coinsUsd = (held.get(spot.base) ?? 0) * view.index;
    const act = decideArbitrage({ premium: view.mark / view.index - 1, positionUsd, coinsUsd }, RULES);
    if (act === null || !budget.tryTake(1)) return;
    const units = act.notionalUsd / view.index;
    const leg = (scale: MarketScale, side: NewOrder['side']): NewOrder => {
      const lots = Math.max(scale.lotsMin, Math.round(units / scale.lot));
      return { symbol: scale.symbol, side, orderType: 'Market', quantity: scale.quantityText(lots) };
    };
    const other = act.perpSide === 'Bid' ? 'Ask' : 'Bid';
    const results = await client.placeOrders([leg(perp, act.perpSide), leg(spot, other)]);
    for (const result of results) if (!result.isAccepted) report(`${name} ${perp.symbol}: ${result.code}: ${result.message}`);
  };
  return {
    name,
    everySeconds: 20,
    stop: () => undefined,
    step: async () => {
      if (!budget.tryTake(2)) return;
      const [balances, positions] = [await client.balances(), await client.positions()];
      const coins = balances.map(({ symbol, total }): [string, number] => [symbol, Number(total)]);
      const held = new Map([...coins, ...positions.map(({ symbol, netQuantity }): [string, number] => [symbol, Number(netQuantity)])]);
      for (const pair of pairs) await trade(pair, held);
    },
  };
}
