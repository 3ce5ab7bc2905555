/** One member of the crowd: takes and rests small orders at random. */
import type { Bot, BotSurroundings } from '../bot.ts';
import type { ExchangeClient, NewOrder } from '../exchange-client.ts';
import type { MarketScale } from '../market-scale.ts';
import { drawTakerAct, type Mood, nextMood, pickWeighted } from '../taker-flow.ts';

/** A market that the crowd trades. */
export interface TakenMarket {
  readonly scale: MarketScale;
  /** How often it is chosen, relative to others. */
  readonly weight: number;
  readonly medianUsd: number;
  readonly maxUsd: number;
}

const POSITIONS_EVERY_SECONDS = 20;
const FAUCET_EVERY_SECONDS = 1_800;
/** What it may hold in one market, in median orders. */
const INVENTORY_ORDERS = 25;
const MONEY_LOW_USD = 40_000;
const MONEY_MORE_USD = '50000';

/** Makes a taker over its own account. */
export function createTakerBot(name: string, client: ExchangeClient, markets: readonly TakenMarket[], surroundings: BotSurroundings): Bot {
  const { prices, budget, random, nowPaced, report } = surroundings;
  const moods = new Map<string, Mood>();
  const weights = markets.map(({ weight }) => weight);
  let holdings = new Map<string, number>();
  let holdingsAtSeconds = Number.NEGATIVE_INFINITY;
  let faucetAtSeconds = Number.NEGATIVE_INFINITY;

  const readHoldings = async (): Promise<void> => {
    if (nowPaced() - holdingsAtSeconds < POSITIONS_EVERY_SECONDS || !budget.tryTake(2)) return;
    const [balances, positions] = [await client.balances(), await client.positions()];
    const coins = balances.map(({ symbol, total }): [string, number] => [symbol, Number(total)]);
    holdings = new Map([...coins, ...positions.map(({ symbol, netQuantity }): [string, number] => [symbol, Number(netQuantity)])]);
    holdingsAtSeconds = nowPaced();
  };
  const drawOrder = ({ scale, medianUsd, maxUsd }: TakenMarket): NewOrder | null => {
    const view = prices.view(scale.symbol);
    if (view === null) return null;
    const mood = nextMood(moods.get(scale.symbol) ?? 0, random);
    moods.set(scale.symbol, mood);
    const held = (holdings.get(scale.isPerp ? scale.symbol : scale.base) ?? 0) * view.mark;
    // On spot the crowd begins with coins from the sandbox and may sell them down.
    const inventory = held / (INVENTORY_ORDERS * medianUsd);
    const { side, notionalUsd, offset } = drawTakerAct(
      { mood, inventory: scale.isPerp ? inventory : inventory / 4, medianUsd, maxUsd },
      random,
    );
    const wanted = Math.max(scale.lotsMin, Math.round(notionalUsd / view.mark / scale.lot));
    const ownable = scale.isPerp || side === 'Bid' ? wanted : Math.min(wanted, Math.floor((0.4 * held) / view.mark / scale.lot));
    if (ownable < scale.lotsMin) return null;
    const order = { symbol: scale.symbol, side, quantity: scale.quantityText(ownable) };
    if (offset === null) return { ...order, orderType: 'Market' };
    const ticks = Math.max(1, Math.round((view.mark * (side === 'Bid' ? 1 - offset : 1 + offset)) / scale.tick));
    return { ...order, orderType: 'Limit', price: scale.priceText(ticks) };
  };
  // Until the next look: what may have been sold is not sold again, and what may not have been bought is not sold at all.
  const noteTrade = ({ isPerp, base, symbol }: MarketScale, { side, quantity }: NewOrder): void => {
    const key = isPerp ? symbol : base;
    const change = side === 'Ask' ? -Number(quantity) : isPerp ? Number(quantity) : 0;
    holdings.set(key, (holdings.get(key) ?? 0) + change);
  };
  const askForMoney = async (): Promise<void> => {
    if (nowPaced() - faucetAtSeconds < FAUCET_EVERY_SECONDS || (holdings.get('USDC') ?? MONEY_LOW_USD) >= MONEY_LOW_USD) return;
    if (!budget.tryTake(1)) return;
    faucetAtSeconds = nowPaced();
    await client.useFaucet({ symbol: 'USDC', quantity: MONEY_MORE_USD });
  };

  return {
    name,
    everySeconds: 1.5,
    stop: () => undefined,
    step: async () => {
      await readHoldings();
      await askForMoney();
      const market = markets[pickWeighted(weights, random)];
      const order = market === undefined ? null : drawOrder(market);
      if (order === null || !budget.tryTake(order.orderType === 'Limit' ? 2 : 1)) return;
      // Its resting order of before would pile up.
      if (order.orderType === 'Limit') await client.cancelAll(order.symbol);
      const [result] = await client.placeOrders([order]);
      if (market !== undefined) noteTrade(market.scale, order);
      if (result !== undefined && !result.isAccepted) report(`${name} ${order.symbol}: ${result.code}: ${result.message}`);
    },
  };
}
