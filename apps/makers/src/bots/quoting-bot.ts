/** The market maker: keeps a ladder in each of its markets and renews those that need it most. */
import type { Bot, BotSurroundings } from '../bot.ts';
import type { ExchangeClient, NewOrder } from '../exchange-client.ts';
import { fairPerpPrice, type MarketView, type Quoted, type QuoteLife, type SpreadStyle, urgencyOf, widenBy } from '../fair-price.ts';
import type { MarketScale } from '../market-scale.ts';
import { clamp, layLadder } from '../quote-ladder.ts';

/** How a maker quotes one market. */
export interface QuoteStyle extends QuoteLife, SpreadStyle {
  readonly firstNotional: number;
  readonly growth: number;
  readonly lean: number;
  /** USD of inventory at which it leans with all its weight; on spot also what it begins with. */
  readonly inventoryUsd: number;
}

/** A market that the maker quotes. */
export interface QuotedMarket {
  readonly scale: MarketScale;
  readonly style: QuoteStyle;
  /** Of its basis, 0 to 1. */
  readonly phase: number;
}

const HOLDINGS_EVERY_SECONDS = 10;
/** A cancel and a batch. */
const REQUESTS_A_QUOTE = 2;
const UNLIMITED = 1e15;

/** Makes a market maker over its own account. */
export function createQuotingBot(
  name: string,
  client: ExchangeClient,
  markets: readonly QuotedMarket[],
  surroundings: BotSurroundings,
): Bot {
  return new QuotingBot(name, client, markets, surroundings);
}

class QuotingBot implements Bot {
  readonly name: string;
  readonly everySeconds = 1;
  readonly #client: ExchangeClient;
  readonly #markets: readonly QuotedMarket[];
  readonly #surroundings: BotSurroundings;
  readonly #quoted = new Map<string, Quoted>();
  /** Of perpetuals by market, of coins by asset, in units. */
  #holdings = new Map<string, number>();
  #holdingsAtSeconds = Number.NEGATIVE_INFINITY;
  #isStocked = false;
  /** How long a ladder stands on average. */
  #renewSeconds = 5;
  readonly #unsubscribe: () => void;

  constructor(name: string, client: ExchangeClient, markets: readonly QuotedMarket[], surroundings: BotSurroundings) {
    this.name = name;
    this.#client = client;
    this.#markets = markets;
    this.#surroundings = surroundings;
    this.#unsubscribe = client.subscribeOrders(({ symbol, isFill }) => {
      const quoted = this.#quoted.get(symbol);
      if (isFill && quoted !== undefined) this.#quoted.set(symbol, { ...quoted, isTouched: true });
    });
  }

  stop(): void {
    this.#unsubscribe();
  }

  async step(): Promise<void> {
    await this.#readHoldings();
    if (!this.#isStocked) await this.#stockUp();
    const { prices, budget, nowSeconds } = this.#surroundings;
    const due = this.#markets.flatMap((market) => {
      const view = prices.view(market.scale.symbol);
      if (view === null) return [];
      const fair = fairOf(market, view, nowSeconds());
      const urgency = urgencyOf(this.#quoted.get(market.scale.symbol) ?? null, fair, nowSeconds(), market.style);
      return urgency >= 1 ? [{ market, fair, urgency }] : [];
    });
    due.sort((a, b) => b.urgency - a.urgency);
    for (const { market, fair } of due) {
      if (!budget.tryTake(REQUESTS_A_QUOTE)) return;
      await this.#quote(market, fair);
    }
  }

  async #quote(market: QuotedMarket, fair: number): Promise<void> {
    const { symbol } = market.scale;
    const before = this.#quoted.get(symbol);
    if (before !== undefined) this.#renewSeconds = 0.95 * this.#renewSeconds + 0.05 * (this.#surroundings.nowSeconds() - before.atSeconds);
    // Forgotten first: if one of the calls fails, the market is quoted anew.
    this.#quoted.delete(symbol);
    await this.#client.cancelAll(symbol);
    const orders = this.#ordersOf(market, fair);
    if (orders.length > 0) {
      const results = await this.#client.placeOrders(orders);
      const refused = results.find((result) => !result.isAccepted);
      if (refused !== undefined && !refused.isAccepted)
        this.#surroundings.report(`${this.name} ${symbol}: ${refused.code}: ${refused.message}`);
    }
    this.#quoted.set(symbol, { fair, atSeconds: this.#surroundings.nowSeconds(), isTouched: false });
  }

  #ordersOf({ scale, style }: QuotedMarket, fair: number): NewOrder[] {
    const held = this.#holdings.get(scale.isPerp ? scale.symbol : scale.base) ?? 0;
    const surplusUsd = scale.isPerp ? held * fair : held * fair - style.inventoryUsd;
    const pace = { movePerRootSecond: this.#surroundings.prices.movePerRootSecond(scale.symbol), renewSeconds: this.#renewSeconds };
    const widen = widenBy(style, pace);
    const ladder = layLadder({
      ...style,
      fair,
      tick: scale.tick,
      lot: scale.lot,
      lotsMin: scale.lotsMin,
      halfSpread: style.halfSpread * widen,
      spacing: style.spacing * widen,
      inventory: clamp(surplusUsd / style.inventoryUsd, -1, 1),
      askMax: scale.isPerp ? UNLIMITED : 0.95 * held,
      bidMax: UNLIMITED,
    });
    return ladder.map(({ side, ticks, lots }) => ({
      symbol: scale.symbol,
      side,
      orderType: 'Limit',
      price: scale.priceText(ticks),
      quantity: scale.quantityText(lots),
      postOnly: true,
      ...(scale.isPerp ? {} : { autoBorrow: true }),
    }));
  }

  async #readHoldings(): Promise<void> {
    const seconds = this.#surroundings.nowPaced();
    if (seconds - this.#holdingsAtSeconds < HOLDINGS_EVERY_SECONDS || !this.#surroundings.budget.tryTake(2)) return;
    const [balances, positions] = [await this.#client.balances(), await this.#client.positions()];
    const coins = balances.map(({ symbol, total }): [string, number] => [symbol, Number(total)]);
    this.#holdings = new Map([...coins, ...positions.map(({ symbol, netQuantity }): [string, number] => [symbol, Number(netQuantity)])]);
    this.#holdingsAtSeconds = seconds;
  }

  /** Gets the coins to sell from the sandbox, once: what the faucet refuses, the bids will buy. */
  async #stockUp(): Promise<void> {
    const { prices, budget, report } = this.#surroundings;
    const lacking = this.#markets.flatMap(({ scale, style }) => {
      const view = scale.isPerp ? null : prices.view(scale.symbol);
      if (view === null) return [];
      const missingUsd = style.inventoryUsd - (this.#holdings.get(scale.base) ?? 0) * view.index;
      return missingUsd > style.inventoryUsd / 2 ? [{ scale, lots: Math.floor(missingUsd / view.index / scale.lot) }] : [];
    });
    for (const { scale, lots } of lacking) {
      if (!budget.tryTake(1)) return;
      try {
        await this.#client.useFaucet({ symbol: scale.base, quantity: scale.quantityText(lots) });
      } catch (error) {
        report(`${this.name}: the faucet gives no ${scale.base}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    this.#isStocked = prices.view(this.#markets[0]?.scale.symbol ?? '') !== null;
    this.#holdingsAtSeconds = Number.NEGATIVE_INFINITY;
    await this.#readHoldings();
  }
}

function fairOf({ scale, phase }: QuotedMarket, view: MarketView, seconds: number): number {
  return scale.isPerp ? fairPerpPrice(view, seconds, phase) : view.index;
}
