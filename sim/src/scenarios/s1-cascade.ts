/** S1: the cascade of 10 October 2025. Every market falls at once, half of it within two minutes, while the makers walk away. */
import type { Random } from '../random.ts';
import type { Play, Scenario } from '../scenario.ts';
import type { Coin } from '../venue/coin.ts';
import type { SimVenue } from '../venue/sim-venue.ts';
import { House, Tape } from '../world/house.ts';
import { factorAt, type Turn } from '../world/path.ts';
import { openCrowd } from '../world/population.ts';
import { openProviders } from '../world/providers.ts';

/**
 * Published sizes of the day: 162 markets, 440,000 accounts, some 50,000 of which traded on it; equity log-normal. The short
 * form has a crowd that all trades, so that there is too much for its books and providers too.
 */
const SIZES = {
  full: { majors: 3, larges: 20, alts: 139, accounts: 440_000, holderShare: 0.125, fundUsdc: 20e6, calm: 30, settle: 240 },
  short: { majors: 1, larges: 2, alts: 5, accounts: 1_200, holderShare: 1, fundUsdc: 20_000, calm: 12, settle: 60 },
};
/**
 * Equity as published. Leverage before the day is not, so it is set for the largest step of the day, 11,279 forced fills, to
 * come out about right: 11,066 in 50 markets in the full form. Were there a position in every account, up to twenty times as many would come
 * in one second, nearly all of them with winners against whom whole crowds are closed.
 */
const CROWD = {
  medianEquity: 941,
  sigma: 2.64,
  equityMax: 2e6,
  longShare: 0.75,
  leverageMedian: 3.5,
  leverageSigma: 0.9,
  leverageMax: 20,
};
const FALL_SECONDS = 720;
const HALF_SECONDS = 120;
const INDEX_EVERY_SECONDS = 3;
/** What is left of the depth, and for how long makers are away. */
const THIN = 0.02;
const AWAY_SECONDS = [120, 300] as const;
const DEPTH_USD = { major: 20e6, large: 3e6, alt: 600_000, new: 200_000 };
/** Above what the crowd opens, so that houses may go on quoting. */
const OPEN_INTEREST_MAX_USD = 50e9;
/** Accounts that hold the other side of the crowd: margins grow with size. */
const DEALERS = { major: 40, large: 20, alt: 8, new: 4 };
const PROVIDERS = { count: 2, capitalUsd: { major: 3e6, large: 600_000, alt: 120_000, new: 50_000 } };

/** One market of the day. */
interface Falling {
  readonly coin: Coin;
  readonly asset: number;
  readonly house: House;
  readonly path: readonly Turn[];
  readonly awayFrom: number;
  readonly awayTo: number;
}

/** The scenario. */
export const cascade: Scenario = {
  id: 'S1',
  title: 'The cascade of 10 October 2025',
  day: 'All markets fall within twelve minutes, half of it in the first two: majors by 13 %, large coins by 26 %, others by 50 to 80 %. Books thin out to a fiftieth and makers are away for two to five minutes.',
  play: ({ form, random, open }) => {
    const size = SIZES[form];
    const coins = coinsOf(size, random);
    const play = open({
      coins,
      accounts: size.accounts + 64 * coins.length,
      orders: 1 << 16,
      rowsPerAccount: 3,
      fundUsdc: size.fundUsdc,
      openInterestUsd: OPEN_INTEREST_MAX_USD,
    });
    const { venue } = play;
    const falling = coins.map((coin, at) => marketOf(venue, coin, at + 1, random, size.calm));
    const tape = new Tape(venue, 10e6);
    play.draw([falling[0], falling[size.majors], falling[size.majors + size.larges]].flatMap((one) => one?.house.market ?? []));
    const weights = coins.map(({ kind }) => (kind === 'major' ? 40 : kind === 'large' ? 6 : 1));
    openCrowd(
      venue,
      random,
      { ...CROWD, accounts: size.accounts, holderShare: size.holderShare },
      falling.map(({ house }) => house),
      weights,
    );
    const openInterest = falling.reduce((sum, { house: { market } }) => sum + openInterestUsd(venue, market), 0);
    play.figure('open interest', `${(openInterest / 1e6).toFixed(1)}M USD in ${coins.length} markets`);
    const last = size.calm + FALL_SECONDS + size.settle;
    for (let second = 0; second < last; second += 1) live(play, falling, tape, second, size.calm);
    judge(play);
  },
};

function coinsOf(size: { majors: number; larges: number; alts: number }, random: Random): Coin[] {
  const majors = ['BTC', 'ETH', 'SOL']
    .slice(0, size.majors)
    .map((symbol, at): Coin => ({ symbol, usd: [121_000, 4_350, 222][at] ?? 100, kind: 'major', markets: 'perp' }));
  const make = (count: number, prefix: string, kind: Coin['kind']): Coin[] =>
    Array.from(
      { length: count },
      (_, at): Coin => ({ symbol: `${prefix}${at + 1}`, usd: Number((10 ** random.between(-2, 2)).toPrecision(4)), kind, markets: 'perp' }),
    );
  return [...majors, ...make(size.larges, 'LARGE', 'large'), ...make(size.alts, 'ALT', 'alt')];
}

function marketOf(venue: SimVenue, coin: Coin, asset: number, random: Random, calm: number): Falling {
  const market = venue.state.markets.findIndex(({ base }) => base === asset);
  const bottom = coin.kind === 'major' ? 0.87 : coin.kind === 'large' ? 0.74 : random.between(0.2, 0.5);
  const house = new House(venue, market, coin.kind === 'major' ? 1e9 : 200e6, 0, DEALERS[coin.kind]);
  openProviders(venue, { market, count: PROVIDERS.count, capitalUsd: PROVIDERS.capitalUsd[coin.kind] });
  const awayFrom = calm + random.between(20, 90);
  const path = [
    { second: calm, factor: 1 },
    { second: calm + HALF_SECONDS, factor: (1 + bottom) / 2 },
    { second: calm + FALL_SECONDS, factor: bottom },
  ];
  return { coin, asset, house, path, awayFrom, awayTo: awayFrom + random.between(...AWAY_SECONDS) };
}

function live(play: Play, falling: readonly Falling[], tape: Tape, second: number, calm: number): void {
  if (second % INDEX_EVERY_SECONDS === 0) {
    for (const { coin, asset, house, path, awayFrom, awayTo } of falling) {
      const usd = coin.usd * factorAt(path, second);
      play.venue.usd[asset] = usd;
      if (second >= awayFrom && second < awayTo) house.withdraw();
      else {
        const thin = second < calm ? 1 : second < awayTo ? THIN : 0.1;
        house.quote(usd, { usd: DEPTH_USD[coin.kind] * thin, reach: 0.01, levels: 5, halfSpread: 0.0004 });
        tape.print(house.market);
      }
    }
  }
  play.second();
}

function openInterestUsd(venue: SimVenue, market: number): number {
  const entry = venue.state.markets[market];
  return entry === undefined ? 0 : entry.openInterestLots * entry.lotSize * entry.price.markTicks * entry.tickSize;
}

function judge(play: Play): void {
  const { tally } = play.recorder;
  play.check(
    'nobody was deleveraged beyond what nobody took',
    tally.overshootLots === 0,
    `${tally.deleveragings} positions were closed against winners, ${tally.overshootLots} lots beyond need`,
  );
  const { liquidation } = play.venue.state;
  const left = liquidation.cases.live;
  play.check('everything converges', left === 0, `${left} of ${liquidation.opened} liquidations are still open at the end`);
}
