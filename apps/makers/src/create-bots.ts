/** Who trades in a sandbox: which bots there are, with which accounts and manners. */
import type { Bot, BotSurroundings } from './bot.ts';
import { createArbitrageBot } from './bots/arbitrage-bot.ts';
import { createBorrowerBot } from './bots/borrower-bot.ts';
import { type BackedMarket, createProviderBot } from './bots/provider-bot.ts';
import { createQuotingBot, type QuotedMarket, type QuoteStyle } from './bots/quoting-bot.ts';
import { createTakerBot, type TakenMarket } from './bots/taker-bot.ts';
import type { ExchangeClient } from './exchange-client.ts';
import { type MarketScale, scaleOf } from './market-scale.ts';
import { createRandom, secretOf } from './random.ts';
import { createReferencePrices, type ReferencePrices } from './reference-prices.ts';
import { createRequestBudget } from './request-budget.ts';
import { PACE_MAX } from './run-bots.ts';

/** What the bots are made from. */
export interface BotsSettings {
  /** Any text. Whoever knows it can sign for the bots: a public sandbox keeps it to itself. */
  readonly seed: string;
  readonly speed: number;
  /** A client of the account whose key has this secret; the sandbox opens it at the first signed request. */
  readonly connect: (secret: string) => ExchangeClient;
  readonly report: (message: string) => void;
  /** Real time, milliseconds. */
  readonly nowMs: () => number;
}

const MAJORS = ['BTC', 'ETH', 'SOL'];
const TAKERS = 3;
/** What a provider ring-fences of the money the sandbox gives it; the rest is margin of what it takes. */
const PROVIDER_CAPITAL_USD = 60_000;
/** Requests a second, and how many the beginning may use at once: of all makers together, and of all others. */
const BUDGETS = { makers: { perSecond: 20, burst: 220 }, others: { perSecond: 8, burst: 60 } };

/** Near the price: small, renewed often. A level never goes beyond the impact band, in which depth counts. */
const TIGHT_MAJOR: QuoteStyle = {
  halfSpread: 0.0002,
  spacing: 0.0002,
  levels: 3,
  reachMax: 0.004,
  firstNotional: 4_000,
  growth: 1.5,
  lean: 0.001,
  inventoryUsd: 60_000,
  tolerance: 0.0004,
  secondsMin: 2,
  secondsMax: 60,
};
const TIGHT_OTHER: QuoteStyle = {
  ...TIGHT_MAJOR,
  halfSpread: 0.0006,
  spacing: 0.0006,
  reachMax: 0.015,
  firstNotional: 1_200,
  lean: 0.002,
  inventoryUsd: 15_000,
  tolerance: 0.0011,
  secondsMin: 5,
  secondsMax: 120,
};
/** Away from the price: large, and wide enough to stand while the others are renewed, so that no book is ever empty. */
const DEEP_MAJOR: QuoteStyle = {
  halfSpread: 0.0015,
  spacing: 0.0012,
  levels: 5,
  reachMax: 0.009,
  firstNotional: 6_000,
  growth: 1.3,
  lean: 0.001,
  inventoryUsd: 100_000,
  tolerance: 0.0011,
  secondsMin: 10,
  secondsMax: 300,
};
const DEEP_OTHER: QuoteStyle = {
  ...DEEP_MAJOR,
  halfSpread: 0.004,
  spacing: 0.003,
  reachMax: 0.027,
  firstNotional: 2_600,
  growth: 1.2,
  lean: 0.002,
  inventoryUsd: 25_000,
  tolerance: 0.0028,
  secondsMin: 15,
  secondsMax: 400,
};

/** Makes all bots of a sandbox. The first of them reads prices for the others. */
export async function createBots(settings: BotsSettings): Promise<Bot[]> {
  const { seed, speed, connect, report, nowMs } = settings;
  const clientOf = (name: string): ExchangeClient => connect(secretOf(seed, name));
  const reader = clientOf('reader');
  const nowSeconds = (): number => (nowMs() / 1000) * speed;
  const nowPaced = (): number => (nowMs() / 1000) * Math.min(speed, PACE_MAX);
  const markets = (await reader.markets()).map(scaleOf);
  const prices = createReferencePrices(reader, markets, nowSeconds);
  const makersBudget = createRequestBudget(BUDGETS.makers, nowMs);
  const othersBudget = createRequestBudget(BUDGETS.others, nowMs);
  const surroundingsOf = (name: string, budget = othersBudget): BotSurroundings => {
    return { prices, budget, random: createRandom(seed, name), nowSeconds, nowPaced, report };
  };
  const quoting = (name: string, quoted: readonly QuotedMarket[]): Bot =>
    createQuotingBot(name, clientOf(name), quoted, surroundingsOf(name, makersBudget));

  const perps = markets.filter(({ isPerp }) => isPerp);
  const spots = markets.filter(({ isPerp }) => !isPerp);
  const half = Math.ceil(spots.length / 2);
  return [
    readerBot(prices),
    quoting('perp maker', style(perps, TIGHT_MAJOR, TIGHT_OTHER)),
    quoting('deep perp maker', style(perps, DEEP_MAJOR, DEEP_OTHER)),
    quoting('spot maker', style(spots, TIGHT_MAJOR, TIGHT_OTHER)),
    quoting('deep spot maker 1', style(spots.slice(0, half), DEEP_MAJOR, DEEP_OTHER)),
    quoting('deep spot maker 2', style(spots.slice(half), DEEP_MAJOR, DEEP_OTHER)),
    ...takers(markets, clientOf, surroundingsOf),
    createArbitrageBot('arbitrageur', clientOf('arbitrageur'), pairsOf(perps, spots), surroundingsOf('arbitrageur')),
    ...borrowers(clientOf, surroundingsOf),
    createProviderBot('perp provider', clientOf('perp provider'), backed(perps), surroundingsOf('perp provider')),
    createProviderBot('spot provider', clientOf('spot provider'), backed(spots), surroundingsOf('spot provider')),
  ];
}

function readerBot(prices: ReferencePrices): Bot {
  return { name: 'price reader', everySeconds: 1, step: () => prices.refresh(), stop: () => undefined };
}

function isMajor({ base }: MarketScale): boolean {
  return MAJORS.includes(base);
}

function style(markets: readonly MarketScale[], major: QuoteStyle, other: QuoteStyle): QuotedMarket[] {
  return markets.map((scale, at) => ({ scale, style: isMajor(scale) ? major : other, phase: at / markets.length }));
}

/** A provider's capital, more of it for the majors. */
function backed(markets: readonly MarketScale[]): BackedMarket[] {
  const weights = markets.map((scale) => (isMajor(scale) ? 4 : 1));
  const sum = weights.reduce((before, weight) => before + weight, 0);
  return markets.map((scale, at) => ({ scale, capitalUsd: Math.floor((PROVIDER_CAPITAL_USD * weights[at]!) / sum) }));
}

function takers(
  markets: readonly MarketScale[],
  clientOf: (name: string) => ExchangeClient,
  surroundingsOf: (name: string) => BotSurroundings,
): Bot[] {
  const taken: TakenMarket[] = markets.map((scale) => {
    const weight = (isMajor(scale) ? 5 : 1) * (scale.isPerp ? 1.5 : 1);
    return { scale, weight, medianUsd: isMajor(scale) ? 500 : 120, maxUsd: isMajor(scale) ? 4_000 : 900 };
  });
  return Array.from({ length: TAKERS }, (_, at) => {
    const name = `taker ${at + 1}`;
    return createTakerBot(name, clientOf(name), taken, surroundingsOf(name));
  });
}

function pairsOf(perps: readonly MarketScale[], spots: readonly MarketScale[]): { perp: MarketScale; spot: MarketScale }[] {
  return perps.filter(isMajor).flatMap((perp) => {
    const spot = spots.find(({ base }) => base === perp.base);
    return spot === undefined ? [] : [{ perp, spot }];
  });
}

function borrowers(clientOf: (name: string) => ExchangeClient, surroundingsOf: (name: string) => BotSurroundings): Bot[] {
  const dollars = [{ symbol: 'USDC', digits: 2, owedMax: 600_000, phase: 0 }];
  const coins = [
    { symbol: 'BTC', digits: 5, owedMax: 12, phase: 0.25 },
    { symbol: 'ETH', digits: 4, owedMax: 120, phase: 0.5 },
    { symbol: 'SOL', digits: 2, owedMax: 3_000, phase: 0.75 },
  ];
  return [
    createBorrowerBot('dollar borrower', clientOf('dollar borrower'), dollars, surroundingsOf('dollar borrower')),
    createBorrowerBot('coin borrower', clientOf('coin borrower'), coins, surroundingsOf('coin borrower')),
  ];
}
