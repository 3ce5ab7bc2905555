/** S7: the pulled wall. Nineteen accounts buy in front of a wall of bids, which then goes; the backstop inherits what they bought. */
import type { Random } from '../random.ts';
import type { Scenario } from '../scenario.ts';
import type { SimVenue } from '../venue/sim-venue.ts';
import { House } from '../world/house.ts';
import { marketOf } from '../world/lookup.ts';
import { MarketWatch } from '../world/market-watch.ts';
import { factorAt } from '../world/path.ts';
import { openPosition } from '../world/population.ts';
import { openProviders } from '../world/providers.ts';
import { openPair, Push } from '../world/push.ts';
import { tradeBetween } from '../world/trade-between.ts';

/** The book falls alone first; then the coin is sold everywhere and its index follows. */
const SIZES = {
  full: { longs: 200, bookSeconds: 600, indexSeconds: 900, settleSeconds: 900 },
  short: { longs: 10, bookSeconds: 60, indexSeconds: 150, settleSeconds: 60 },
};
const FIRST_USD = 0.21;
const FALL = 0.62;
const CALM_SECONDS = 20;
/** Seconds in which the book without its wall is down. */
const DROP_SECONDS = 20;
const COLLUDERS = { accounts: 19, usd: 3e6, leverage: 5 };
const WALL_USD = 20e6;
const HONEST_USD = 2e6;
const PROVIDERS = { count: 4, capitalUsd: 1e6 };
const THIN_USD = 60_000;

/** The scenario. */
export const pulledWall: Scenario = {
  id: 'S7',
  title: 'The pulled wall',
  day: 'Nineteen accounts buy at five to one with 3M USD in front of 20M USD of bids. The bids go, the book drops by 38 %, and in time the index follows: what they hold is left for the backstop to inherit.',
  play: ({ form, random, open }) => {
    const { longs, bookSeconds, indexSeconds, settleSeconds } = SIZES[form];
    const coins = [{ symbol: 'WALL', usd: FIRST_USD, kind: 'alt' as const, markets: 'perp' as const }];
    const play = open({ coins, accounts: longs + 96, orders: 4_096, rowsPerAccount: 3, fundUsdc: 1_000_000 });
    const { venue } = play;
    const market = marketOf(venue, 'WALL_USDC_PERP');
    play.draw([market.ix]);
    const house = new House(venue, market.ix, 3e6, 0, 20);
    const wall = new House(venue, market.ix, 25e6);
    const push = new Push(venue, market);
    const providers = openProviders(venue, { market: market.ix, ...PROVIDERS }).map(({ account }) => account);
    const watch = new MarketWatch(venue, market, providers);
    openHonest(venue, random, house, longs);
    const printers = openPair(venue, 100_000);
    tradeBetween(venue, { market: market.ix, buyer: printers.long, seller: printers.short, lots: 10_000 });
    for (let at = 0; at < COLLUDERS.accounts; at += 1) {
      const person = venue.person();
      const usd = COLLUDERS.usd / COLLUDERS.accounts;
      venue.deposit(person, venue.state.usdc, Math.floor(usd * 1e6));
      openPosition(venue, house, person, { usd: usd * COLLUDERS.leverage * 0.97, isLong: true });
    }
    watch.look();
    const fallsAt = CALM_SECONDS + DROP_SECONDS + bookSeconds;
    const bookPath = [
      { second: CALM_SECONDS, factor: 1 },
      { second: CALM_SECONDS + DROP_SECONDS, factor: FALL },
    ];
    const indexPath = [
      { second: fallsAt, factor: 1 },
      { second: fallsAt + indexSeconds, factor: FALL },
    ];
    let flaggedByBook = 0;
    for (let second = 0; second < fallsAt + indexSeconds + settleSeconds; second += 1) {
      venue.usd[market.base] = FIRST_USD * factorAt(indexPath, second);
      if (second < CALM_SECONDS) wall.quote(FIRST_USD, { usd: WALL_USD, reach: 0.004, levels: 4, halfSpread: 0.012, only: 'bids' });
      else wall.withdraw();
      push.to(FIRST_USD * factorAt(bookPath, second), THIN_USD, printers);
      play.second();
      watch.look();
      if (second === fallsAt) flaggedByBook = play.recorder.tally.accountsLiquidated;
    }
    const owned = longs + COLLUDERS.accounts;
    play.check(
      'nobody is liquidated by the book alone',
      flaggedByBook === 0,
      `${flaggedByBook} of ${owned} longs were liquidated while the book stood ${Math.round((1 - FALL) * 100)} % below the index`,
    );
    play.figure('accounts liquidated by the book alone', String(flaggedByBook));
    watch.judge(play);
  },
};

/** Longs at three to one. */
function openHonest(venue: SimVenue, random: Random, house: House, count: number): void {
  for (let at = 0; at < count; at += 1) {
    const person = venue.person();
    const usd = (HONEST_USD / count) * random.between(0.5, 1.5);
    venue.deposit(person, venue.state.usdc, Math.floor((usd / 3) * 1e6));
    openPosition(venue, house, person, { usd: usd * 0.98, isLong: true });
  }
}
