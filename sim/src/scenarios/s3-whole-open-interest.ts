/** S3: one liquidation closes a market's whole open interest. One side of three markets is one account each. */
import { answerQuery } from '@mochila/core';
import { commands, Side } from '@mochila/protocol';
import type { Random } from '../random.ts';
import type { Play, Scenario } from '../scenario.ts';
import type { SimPerson, SimVenue } from '../venue/sim-venue.ts';
import { House, Tape } from '../world/house.ts';
import { assetOf, marketOf, type SimMarket } from '../world/lookup.ts';
import { factorAt, type Turn } from '../world/path.ts';
import { openProviders } from '../world/providers.ts';
import { tradeBetween } from '../world/trade-between.ts';

const SIZES = { full: { others: 600, settleSeconds: 600 }, short: { others: 12, settleSeconds: 90 } };
const OPEN_INTEREST_USD = 20e6;
/** Initial margin of such a position is 0.00006 * sqrt(20M) = 26.8 %. */
const MARGIN = 0.28;
const CALM_SECONDS = 12;
const GOLD_USD = 4_000;
/** Forty per cent in twenty seconds; and the same in two steps, of which the first takes a minute. */
const FALL = 0.6;
const AT_ONCE = [
  { second: CALM_SECONDS, factor: 1 },
  { second: CALM_SECONDS + 20, factor: FALL },
];
const IN_STEPS = [
  { second: CALM_SECONDS, factor: 1 },
  { second: CALM_SECONDS + 60, factor: 0.83 },
  { second: CALM_SECONDS + 65, factor: FALL },
];
const LAST_BID_SECOND = CALM_SECONDS + 60;

/** The three: nobody else there at all; providers who posted; a quarter of the shorts bid until the second step. */
const WHALES = [
  { symbol: 'BTC', usd: 100_000, collateral: 'USDC', providers: 0, bidders: 0, path: AT_ONCE },
  { symbol: 'ETH', usd: 4_000, collateral: 'GOLD', providers: 2, bidders: 0, path: AT_ONCE },
  { symbol: 'SOL', usd: 200, collateral: 'GOLD', providers: 0, bidders: 0.25, path: IN_STEPS },
] as const;

interface Whole {
  readonly market: SimMarket;
  readonly firstUsd: number;
  readonly path: readonly Turn[];
  readonly bidders: readonly SimPerson[];
  readonly house: House;
  readonly whale: SimPerson;
  readonly others: readonly SimPerson[];
}

/** The scenario. */
export const wholeOpenInterest: Scenario = {
  id: 'S3',
  title: 'One liquidation closes a whole market',
  day: 'In three markets one account alone is long against hundreds of shorts, 20M USD each, when the index loses forty per cent, in twenty seconds or in two steps: closing it means closing everything that is open.',
  play: ({ form, random, open }) => {
    const { others, settleSeconds } = SIZES[form];
    const coins = WHALES.map(({ symbol, usd }) => ({ symbol, usd, kind: 'major' as const, markets: 'perp' as const }));
    const gold = { symbol: 'GOLD', usd: GOLD_USD, kind: 'major' as const, markets: 'spot' as const };
    const play = open({ coins: [...coins, gold], accounts: 3 * others + 64, orders: 8_192, rowsPerAccount: 3, fundUsdc: 1_000_000 });
    const { venue } = play;
    const tape = new Tape(venue, 1e6);
    const wholes = WHALES.map((one) => openWhole(venue, random, one, others));
    const goldHouse = new House(venue, marketOf(venue, 'GOLD_USDC').ix, 20e6, 5_000);
    play.draw(wholes.map(({ market }) => market.ix));
    const opened = wholes.map(({ market }) => market.openInterestLots);
    const pool = { leastUnused: Number.POSITIVE_INFINITY, mostBorrowed: 0 };
    const closedAt = wholes.map(() => 0);
    for (let second = 0; second < LAST_BID_SECOND + settleSeconds; second += 1) {
      goldHouse.quote(GOLD_USD, { usd: 2e6, reach: 0.01, levels: 4, halfSpread: 0.0004 });
      for (const whole of wholes) live(venue, tape, whole, second);
      play.second();
      for (const { lentAtoms, borrowedAtoms } of answerQuery(venue.state, 'pools', {})) {
        pool.leastUnused = Math.min(pool.leastUnused, lentAtoms - borrowedAtoms);
        pool.mostBorrowed = Math.max(pool.mostBorrowed, borrowedAtoms);
      }
      wholes.forEach(({ market }, at) => {
        if (market.openInterestLots === 0 && closedAt[at] === 0) closedAt[at] = second;
      });
    }
    judge(play, wholes, { opened, closedAt, pool });
  },
};

function openWhole(venue: SimVenue, random: Random, one: (typeof WHALES)[number], count: number): Whole {
  const market = marketOf(venue, `${one.symbol}_USDC_PERP`);
  const whale = venue.person();
  const equityUsd = OPEN_INTEREST_USD * MARGIN;
  const gold = assetOf(venue, 'GOLD');
  if (one.collateral === 'USDC') venue.deposit(whale, venue.state.usdc, Math.floor(equityUsd * 1e6));
  else venue.deposit(whale, gold.ix, Math.floor((equityUsd / 0.95 / GOLD_USD) * gold.unitAtoms));
  const house = new House(venue, market.ix, 5e6);
  openProviders(venue, { market: market.ix, count: one.providers, capitalUsd: 500_000 });
  const lotUsd = market.lotSize * market.price.markTicks * market.tickSize;
  const others = Array.from({ length: count }, () => {
    const usd = OPEN_INTEREST_USD / count;
    const other = venue.person();
    venue.deposit(other, venue.state.usdc, Math.floor(usd * random.between(0.3, 1.2) * 1e6));
    const refused = tradeBetween(venue, { market: market.ix, buyer: whale, seller: other, lots: Math.floor((usd / lotUsd) * 0.98) });
    if (refused !== 0) throw new Error(`the account could not buy the market: ${refused}`);
    return other;
  });
  const bidders = others.slice(0, count * one.bidders);
  return { market, firstUsd: one.usd, path: one.path, bidders, house, whale, others };
}

/** The house only makes the first trades; whoever bids later closes a short. */
function live(venue: SimVenue, tape: Tape, { market, firstUsd, path, bidders, house }: Whole, second: number): void {
  const usd = firstUsd * factorAt(path, second);
  venue.usd[market.base] = usd;
  if (second < CALM_SECONDS) {
    house.quote(usd, { usd: 400_000, reach: 0.005, levels: 4, halfSpread: 0.0002 });
    tape.print(market.ix);
    house.withdraw();
    return;
  }
  for (const bidder of bidders) {
    venue.as(bidder, commands.cancelAllOrders, { market: market.ix });
    const quantityLots = Math.floor(Math.abs(lotsOf(venue, bidder, market)) / 10);
    const priceTicks = Math.floor((usd * 0.9995) / market.tickSize);
    if (second < LAST_BID_SECOND && quantityLots > 0)
      venue.as(bidder, commands.placeOrder, { market: market.ix, side: Side.Bid, priceTicks, quantityLots });
  }
}

interface Seen {
  readonly opened: readonly number[];
  readonly closedAt: readonly number[];
  /** Over all seconds and assets, atoms. */
  readonly pool: { readonly leastUnused: number; readonly mostBorrowed: number };
}

function judge(play: Play, wholes: readonly Whole[], { opened, closedAt, pool }: Seen): void {
  const { venue, recorder } = play;
  const { liquidation } = venue.state;
  const left = liquidation.cases.live;
  play.check('every liquidation completes', left === 0, `${liquidation.opened} were opened, ${left} are still open at the end`);
  wholes.forEach(({ market, whale, others }, at) => {
    const share = ((lotsOf(venue, whale, market) / (opened[at] ?? 1)) * 100).toFixed(1);
    const standing = others.filter((other) => lotsOf(venue, other, market) !== 0).length;
    play.check(
      `${market.symbol}: nothing is open any more`,
      market.openInterestLots === 0 && lotsOf(venue, whale, market) === 0 && standing === 0,
      `of ${opened[at]} lots ${market.openInterestLots} are open, the account holds ${share} %, ${standing} of ${others.length} shorts still stand; second ${closedAt[at]}`,
    );
  });
  play.check(
    'no pool is negative',
    pool.leastUnused >= 0 && pool.mostBorrowed > 0,
    `in every second and of every asset no less was lent than borrowed, by ${pool.leastUnused} atoms at least; up to ${(pool.mostBorrowed / 1e12).toFixed(2)}M USDC were borrowed`,
  );
  const { tally } = recorder;
  play.check(
    'not a lot more was closed against winners than nobody took',
    tally.overshootLots === 0,
    `${tally.deleveragings} positions, ${tally.overshootLots} lots beyond need`,
  );
  const leftUsd = wholes.reduce((sum, { market, firstUsd }) => sum + market.openInterestLots * market.lotSize * firstUsd * FALL, 0);
  play.figure('open at the end, at the index', `${(leftUsd / 1e6).toFixed(2)}M USD`);
}

function lotsOf(venue: SimVenue, { account }: SimPerson, { ix }: SimMarket): number {
  return answerQuery(venue.state, 'positions', { account }).find(({ market }) => market === ix)?.sizeLots ?? 0;
}
