/** S16: thirty per cent in a minute, many longs at high leverage, books that thin out under them: one deep, one shallow. */
import { accountIsLiquidating, answerQuery } from '@mochila/core';
import type { Random } from '../random.ts';
import type { Play, Scenario } from '../scenario.ts';
import type { SimPerson, SimVenue } from '../venue/sim-venue.ts';
import { FUND_ACCOUNT } from '../venue/venue-accounts.ts';
import { House, Tape } from '../world/house.ts';
import { marketOf, type SimMarket } from '../world/lookup.ts';
import { factorAt } from '../world/path.ts';
import { openPosition } from '../world/population.ts';
import { openProviders } from '../world/providers.ts';

const SIZES = {
  full: { longs: 400, openInterestUsd: 26e6, settleSeconds: 420 },
  short: { longs: 60, openInterestUsd: 4e6, settleSeconds: 240 },
};
const FIRST_USD = 100_000;
/** Published depths, USD per 1 %, and the open interest they were published with. */
const DEPTHS = [
  { symbol: 'BTC', depthUsd: 30e6 },
  { symbol: 'ETH', depthUsd: 5e6 },
];
const PUBLISHED_INTEREST_USD = 26e6;
const FALL = [
  { second: 0, factor: 1 },
  { second: 60, factor: 0.7 },
];
const CALM_SECONDS = 20;
/** Of its depth what is left when the fall begins. */
const THIN = 0.05;
const SHAPE = { reach: 0.01, levels: 20, halfSpread: 0.0002 };

/** One of the two markets. */
interface Falling {
  readonly market: SimMarket;
  /** USD of each side of the book, within 1 %. */
  readonly depthUsd: number;
  readonly house: House;
  readonly people: readonly SimPerson[];
}

/** The scenario. */
export const thirtyPerCentInAMinute: Scenario = {
  id: 'S16',
  title: 'Thirty per cent in a minute',
  day: 'In each of two markets four hundred longs at 20x and 50x hold 26M USD of open interest when the index loses thirty per cent in sixty seconds. One book stood 30M USD deep per 1 %, the other 5M; both fall to a twentieth of that.',
  play: ({ form, random, open }) => {
    const { longs, openInterestUsd, settleSeconds } = SIZES[form];
    const coins = DEPTHS.map(({ symbol }) => ({ symbol, usd: FIRST_USD, kind: 'major' as const, markets: 'perp' as const }));
    const play = open({ coins, accounts: 2 * longs + 64, orders: 4_096, rowsPerAccount: 4, fundUsdc: 1_000_000 });
    const { venue } = play;
    const tape = new Tape(venue, 1e6);
    const falling = DEPTHS.map(({ symbol, depthUsd }) =>
      openMarket(venue, random, { symbol, depthUsd: (depthUsd * openInterestUsd) / PUBLISHED_INTEREST_USD, longs, openInterestUsd }),
    );
    play.draw(falling.map(({ market }) => market.ix));
    const live = (usd: number, share: number): void => {
      for (const { market, house, depthUsd } of falling) {
        venue.usd[market.base] = usd;
        house.quote(usd, { ...SHAPE, usd: depthUsd * share });
        tape.print(market.ix);
      }
      play.second();
    };
    for (let second = 0; second < CALM_SECONDS; second += 1) live(FIRST_USD, 1);
    const before = fundOf(venue);
    for (let second = 0; second < settleSeconds; second += 1) live(FIRST_USD * factorAt(FALL, second), THIN);
    judge(play, falling, before);
  },
};

interface Opening {
  readonly symbol: string;
  readonly depthUsd: number;
  readonly longs: number;
  readonly openInterestUsd: number;
}

function openMarket(venue: SimVenue, random: Random, { symbol, depthUsd, longs, openInterestUsd }: Opening): Falling {
  const market = marketOf(venue, `${symbol}_USDC_PERP`);
  const house = new House(venue, market.ix, 500e6);
  openProviders(venue, { market: market.ix, count: 4, capitalUsd: 2e6 });
  const people = Array.from({ length: longs }, (_, at) => {
    const leverage = at % 2 === 0 ? 20 : 50;
    const equity = (openInterestUsd / longs / leverage) * random.between(0.5, 1.5);
    const person = venue.person();
    venue.deposit(person, venue.state.usdc, Math.floor(equity * 1e6));
    venue.setLeverage(person, leverage);
    // Fees and spread leave a little less than all of it.
    openPosition(venue, house, person, { usd: equity * leverage * 0.95, isLong: true });
    return person;
  });
  return { market, depthUsd, house, people };
}

function judge(play: Play, falling: readonly Falling[], before: number): void {
  const { venue, recorder } = play;
  const fund = fundOf(venue);
  const limit = before * venue.genesis.liquidation.fundMarketShare;
  play.check('no bad debt', recorder.tally.badDebtUsd === 0, `lenders lost ${recorder.tally.badDebtUsd} USD`);
  // One fund stands behind both markets: in both together it may not lose what it may lose in one.
  play.check(
    'the fund lost no more than its limit in one market',
    before - fund <= limit,
    `it began with ${before.toFixed(0)} USD, ended with ${fund.toFixed(0)}; the limit is ${limit.toFixed(0)}`,
  );
  for (const { market, depthUsd, people } of falling) {
    const depth = `book of ${(depthUsd / 1e6).toFixed(2)}M USD`;
    const worst = recorder.worstTakenBeyondIndex(market.ix);
    play.check(`providers took nothing above the index, ${depth}`, worst <= 0, takenWords(worst));
    const left = people.filter(({ account }) => accountIsLiquidating(venue.state.accounts, account) === 1).length;
    play.check(`everything converges, ${depth}`, left === 0, `${left} of ${people.length} are still being liquidated at the end`);
    play.figure(`forced onto the ${depth}`, `${(recorder.bookUsd(market.ix) / 1e6).toFixed(2)}M USD`);
  }
}

function fundOf({ state }: SimVenue): number {
  return answerQuery(state, 'margin', { account: FUND_ACCOUNT }).realEquity;
}

function takenWords(worst: number): string {
  if (!Number.isFinite(worst)) return 'they had nothing to take';
  return worst === 0 ? 'at worst they paid the index itself' : `at worst they paid ${(-worst).toFixed(2)} USD a coin less than the index`;
}
