/** S6: a squeeze on a thin coin. Two colluders trade with one another; the short is left to be liquidated into a price that runs away. */
import { rejects } from '@mochila/protocol';
import type { Random } from '../random.ts';
import type { Scenario } from '../scenario.ts';
import type { SimVenue } from '../venue/sim-venue.ts';
import { House } from '../world/house.ts';
import { marketOf, type SimMarket } from '../world/lookup.ts';
import { MarketWatch } from '../world/market-watch.ts';
import { factorAt } from '../world/path.ts';
import { openPosition } from '../world/population.ts';
import { openProviders } from '../world/providers.ts';
import { openPair, Push } from '../world/push.ts';
import { tradeBetween } from '../world/trade-between.ts';

/** The book alone runs away first; then the coin is bought everywhere and its index follows. */
const SIZES = {
  full: { shorts: 60, bookSeconds: 1_200, indexSeconds: 2_400, settleSeconds: 600 },
  short: { shorts: 8, bookSeconds: 200, indexSeconds: 400, settleSeconds: 60 },
};
const FIRST_USD = 0.012;
const WANTED = 4.3;
const CALM_SECONDS = 10;
const SELF_TRADE_USD = 4e6;
/** Ten accounts a side: margins grow with the root of a position. */
const ACCOUNTS_A_SIDE = 10;
const HONEST_USD = 400_000;
const PROVIDERS = { count: 4, capitalUsd: 300_000 };
/** What stands on the book, enough for the mark to listen to it. */
const THIN_USD = 24_000;

/** The scenario. */
export const squeeze: Scenario = {
  id: 'S6',
  title: 'A squeeze on a thin coin',
  day: 'Two colluders trade 4M USD of a thin coin with one another. Its book is pushed to 4.3 times the price, then the coin is bought everywhere until the index is there too, all within an hour; the short is left for the backstop to inherit.',
  play: ({ form, random, open }) => {
    const { shorts, bookSeconds, indexSeconds, settleSeconds } = SIZES[form];
    const coins = [{ symbol: 'THIN', usd: FIRST_USD, kind: 'new' as const, markets: 'perp' as const }];
    const play = open({ coins, accounts: 2 * shorts + 80, orders: 4_096, rowsPerAccount: 3, fundUsdc: 1_000_000 });
    const { venue } = play;
    const market = marketOf(venue, 'THIN_USDC_PERP');
    play.draw([market.ix]);
    const house = new House(venue, market.ix, 3e6);
    const push = new Push(venue, market);
    const providers = openProviders(venue, { market: market.ix, ...PROVIDERS }).map(({ account }) => account);
    const watch = new MarketWatch(venue, market, providers);
    const honest = openHonest(venue, random, house, shorts);
    const printers = openPair(venue, 100_000);
    tradeBetween(venue, { market: market.ix, buyer: printers.long, seller: printers.short, lots: 5_000 });
    tradeWithThemselves(venue, market);
    const late = openPair(venue, 3e6);
    watch.look();
    const end = CALM_SECONDS + bookSeconds;
    const bookPath = [
      { second: CALM_SECONDS, factor: 1 },
      { second: end, factor: WANTED },
    ];
    const indexPath = [
      { second: end, factor: 1 },
      { second: end + indexSeconds, factor: WANTED },
    ];
    let refused = 0;
    let flaggedByBook = 0;
    for (let second = 0; second < end + indexSeconds + settleSeconds; second += 1) {
      venue.usd[market.base] = FIRST_USD * factorAt(indexPath, second);
      push.to(FIRST_USD * factorAt(bookPath, second), THIN_USD, printers);
      // They would go on: a million more each minute.
      const more = { market: market.ix, buyer: late.long, seller: late.short, lots: lotsFor(market, 1e6) };
      if (second % 60 === 30 && tradeBetween(venue, more) === rejects.openInterestLimit.code) refused += 1;
      play.second();
      watch.look();
      if (second === end) flaggedByBook = play.recorder.flags.filter(({ account }) => honest.has(account)).length;
    }
    play.figure('honest accounts liquidated by the book alone', String(flaggedByBook));
    play.figure('self-trades refused for the open interest', String(refused));
    play.check(
      'nobody honest is liquidated while the book alone runs away',
      flaggedByBook === 0,
      `${flaggedByBook} of ${honest.size} shorts at two to one were flagged while the book went to ${WANTED} times the index`,
    );
    play.check('more open interest is refused', refused > 0, `${refused} times`);
    watch.judge(play);
  },
};

/** Shorts at two to one, who a book that runs away alone must not hurt. */
function openHonest(venue: SimVenue, random: Random, house: House, count: number): Set<number> {
  const people = new Set<number>();
  for (let at = 0; at < count; at += 1) {
    const person = venue.person();
    const usd = (HONEST_USD / count) * random.between(0.5, 1.5);
    venue.deposit(person, venue.state.usdc, Math.floor((usd / 2) * 1e6));
    openPosition(venue, house, person, { usd: usd * 0.98, isLong: false });
    people.add(person.account);
  }
  return people;
}

/** The self-trade, at as little margin as the market allows. */
function tradeWithThemselves(venue: SimVenue, market: SimMarket): void {
  const usd = SELF_TRADE_USD / ACCOUNTS_A_SIDE;
  const pairs = Array.from({ length: ACCOUNTS_A_SIDE }, () => openPair(venue, usd * 0.21));
  for (const pair of pairs) {
    const code = tradeBetween(venue, { market: market.ix, buyer: pair.long, seller: pair.short, lots: lotsFor(market, usd) });
    if (code !== 0) throw new Error(`the self-trade was refused: ${code}`);
  }
}

function lotsFor(market: SimMarket, usd: number): number {
  return Math.floor(usd / (market.lotSize * market.price.markTicks * market.tickSize));
}
