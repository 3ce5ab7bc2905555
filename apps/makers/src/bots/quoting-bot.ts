/** The market maker: keeps a ladder in each of its markets and renews those that need it most. */
import type { Bot, BotSurroundings } from '../bot.ts';
import type { ExchangeClient, NewOrder, OrderResult } from '../exchange-client.ts';
import { fairPerpPrice, type MarketView, type Quoted, type QuoteLife, type SpreadStyle, urgencyOf, widenBy } from '../fair-price.ts';
import type { MarketScale } from '../market-scale.ts';
import { behind, clamp, type LadderOrder, layLadder } from '../quote-ladder.ts';

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
/** After a faucet that gave nothing: the first pause, doubled each time, and the longest. */
const FAUCET_AGAIN_SECONDS = { first: 2, longest: 900 };
/** A cancel and a batch. */
const REQUESTS_A_QUOTE = 2;
/** A look at the book and a batch. */
const REQUESTS_A_WALL = 2;
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
  /** Coins that are not there yet, by asset: when to ask for them, and the pause after that. Gone when there are enough. */
  readonly #unstocked: Map<string, { atSeconds: number; pauseSeconds: number }>;
  /** How often a market failed since it was quoted last. */
  readonly #failures = new Map<string, number>();
  /** How long a ladder stands on average. */
  #renewSeconds = 5;
  readonly #unsubscribe: () => void;

  constructor(name: string, client: ExchangeClient, markets: readonly QuotedMarket[], surroundings: BotSurroundings) {
    this.name = name;
    this.#client = client;
    this.#markets = markets;
    this.#surroundings = surroundings;
    const soon = (): { atSeconds: number; pauseSeconds: number } => ({
      atSeconds: Number.NEGATIVE_INFINITY,
      pauseSeconds: FAUCET_AGAIN_SECONDS.first,
    });
    this.#unstocked = new Map(markets.flatMap(({ scale }) => (scale.isPerp ? [] : [[scale.base, soon()]])));
    this.#unsubscribe = client.subscribeOrders(({ symbol, isFill }) => {
      const quoted = this.#quoted.get(symbol);
      if (isFill && quoted !== undefined) this.#quoted.set(symbol, { ...quoted, isIncomplete: true });
    });
  }

  stop(): void {
    this.#unsubscribe();
  }

  async step(): Promise<void> {
    await this.#readHoldings();
    if (this.#unstocked.size > 0) await this.#stockUp();
    for (const { market, fair } of this.#due()) {
      if (!this.#surroundings.budget.tryTake(REQUESTS_A_QUOTE)) return;
      await this.#quote(market, fair);
    }
  }

  /** What wants to be quoted now, most urgent first; what failed goes last, so that no market holds up the others. */
  #due(): { market: QuotedMarket; fair: number }[] {
    const { prices, nowSeconds } = this.#surroundings;
    const due = this.#markets.flatMap((market) => {
      const { symbol } = market.scale;
      const view = prices.view(symbol);
      if (view === null) return [];
      const fair = fairOf(market, view, nowSeconds());
      const urgency = urgencyOf(this.#quoted.get(symbol) ?? null, fair, nowSeconds(), market.style);
      return urgency >= 1 ? [{ market, fair, urgency, failures: this.#failures.get(symbol) ?? 0 }] : [];
    });
    return due.sort((a, b) => a.failures - b.failures || b.urgency - a.urgency);
  }

  async #quote(market: QuotedMarket, fair: number): Promise<void> {
    const { symbol } = market.scale;
    const before = this.#quoted.get(symbol);
    if (before !== undefined) this.#renewSeconds = 0.95 * this.#renewSeconds + 0.05 * (this.#surroundings.nowSeconds() - before.atSeconds);
    // Forgotten first: if one of the calls fails, the market is quoted anew.
    this.#quoted.delete(symbol);
    this.#failures.set(symbol, (this.#failures.get(symbol) ?? 0) + 1);
    await this.#client.cancelAll(symbol);
    const orders = this.#ladderOf(market, fair);
    const results = await this.#place(market, orders);
    const taking = orders.filter((_, at) => isOver(results[at]));
    if (taking.length > 0 && this.#surroundings.budget.tryTake(REQUESTS_A_WALL)) results.push(...(await this.#placeBehind(market, taking)));
    this.#failures.delete(symbol);
    const refused = results.find((result) => !result.isAccepted);
    if (refused !== undefined && !refused.isAccepted)
      this.#surroundings.report(`${this.name} ${symbol}: ${refused.code}: ${refused.message}`);
    const isIncomplete = refused !== undefined || orders.length < 2 * market.style.levels;
    this.#quoted.set(symbol, { fair, atSeconds: this.#surroundings.nowSeconds(), isIncomplete });
  }

  /** Orders that would have taken ended: they are laid behind whoever stands on the other side at a better price than ours. */
  async #placeBehind(market: QuotedMarket, taking: readonly LadderOrder[]): Promise<OrderResult[]> {
    const { symbol, tick } = market.scale;
    const { bid, ask } = await this.#client.bestPrices(symbol);
    const ticksOf = (price: string | null): number | null => (price === null ? null : Math.round(Number(price) / tick));
    return this.#place(market, behind(taking, { bid: ticksOf(bid), ask: ticksOf(ask) }));
  }

  async #place({ scale }: QuotedMarket, ladder: readonly LadderOrder[]): Promise<OrderResult[]> {
    if (ladder.length === 0) return [];
    const orders = ladder.map(
      ({ side, ticks, lots }): NewOrder => ({
        symbol: scale.symbol,
        side,
        orderType: 'Limit',
        price: scale.priceText(ticks),
        quantity: scale.quantityText(lots),
        postOnly: true,
        ...(scale.isPerp ? {} : { autoBorrow: true }),
      }),
    );
    return [...(await this.#client.placeOrders(orders))];
  }

  #ladderOf({ scale, style }: QuotedMarket, fair: number): LadderOrder[] {
    const held = this.#holdings.get(scale.isPerp ? scale.symbol : scale.base) ?? 0;
    const surplusUsd = scale.isPerp ? held * fair : held * fair - style.inventoryUsd;
    const pace = { movePerRootSecond: this.#surroundings.prices.movePerRootSecond(scale.symbol), renewSeconds: this.#renewSeconds };
    const widen = widenBy(style, pace);
    return layLadder({
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
  }

  async #readHoldings(): Promise<void> {
    const seconds = this.#surroundings.nowPaced();
    if (seconds - this.#holdingsAtSeconds < HOLDINGS_EVERY_SECONDS || !this.#surroundings.budget.tryTake(2)) return;
    const [balances, positions] = [await this.#client.balances(), await this.#client.positions()];
    const coins = balances.map(({ symbol, total }): [string, number] => [symbol, Number(total)]);
    this.#holdings = new Map([...coins, ...positions.map(({ symbol, netQuantity }): [string, number] => [symbol, Number(netQuantity)])]);
    this.#holdingsAtSeconds = seconds;
  }

  /** Gets the coins to sell from the sandbox. What it does not give is asked for again later; meanwhile the bids buy. */
  async #stockUp(): Promise<void> {
    const { prices, budget } = this.#surroundings;
    // What a call without an answer did is not known before the holdings are.
    if (this.#holdingsAtSeconds === Number.NEGATIVE_INFINITY) return;
    for (const { scale, style } of this.#markets) {
      const view = prices.view(scale.symbol);
      const lack = this.#unstocked.get(scale.base);
      if (scale.isPerp || lack === undefined || view === null) continue;
      const missingUsd = style.inventoryUsd - (this.#holdings.get(scale.base) ?? 0) * view.index;
      if (missingUsd <= style.inventoryUsd / 2) this.#unstocked.delete(scale.base);
      else if (this.#surroundings.nowPaced() >= lack.atSeconds) {
        if (!budget.tryTake(1)) break;
        this.#holdingsAtSeconds = Number.NEGATIVE_INFINITY;
        if (!(await this.#askFaucet(scale, Math.floor(missingUsd / view.index / scale.lot)))) break;
      }
    }
    await this.#readHoldings();
  }

  /** @returns whether it gave */
  async #askFaucet({ base, quantityText }: MarketScale, lots: number): Promise<boolean> {
    const { nowPaced, report } = this.#surroundings;
    const pauseSeconds = this.#unstocked.get(base)?.pauseSeconds ?? FAUCET_AGAIN_SECONDS.first;
    const pauseNext = Math.min(FAUCET_AGAIN_SECONDS.longest, 2 * pauseSeconds);
    this.#unstocked.set(base, { atSeconds: nowPaced() + pauseSeconds, pauseSeconds: pauseNext });
    try {
      await this.#client.useFaucet({ symbol: base, quantity: quantityText(lots) });
      return true;
    } catch (error) {
      report(`${this.name}: the faucet gives no ${base}: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    }
  }
}

function isOver(result: OrderResult | undefined): boolean {
  return result?.isAccepted === true && result.isOver;
}

function fairOf({ scale, phase }: QuotedMarket, view: MarketView, seconds: number): number {
  return scale.isPerp ? fairPerpPrice(view, seconds, phase) : view.index;
}
