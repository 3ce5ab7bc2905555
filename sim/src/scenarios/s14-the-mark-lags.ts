/** S14: the mark lags. Buy from oneself at the index, five per cent below the mark, and move the profit out before the mark comes down. */
import { answerQuery } from '@mochila/core';
import { commands, rejects, Side } from '@mochila/protocol';
import type { Play, Scenario } from '../scenario.ts';
import type { SimPerson, SimVenue } from '../venue/sim-venue.ts';
import { FUND_ACCOUNT } from '../venue/venue-accounts.ts';
import { House } from '../world/house.ts';
import { marketOf } from '../world/lookup.ts';
import { withdraw } from '../world/withdraw.ts';

const SIZES = { full: { pairs: 200 }, short: { pairs: 5 } };
const FIRST_USD = 60_000;
const FALL = 0.95;
/** USDC that each of the two brings. */
const STAKE_USD = 50_000;
const LEVERAGE = 10;
/** Fees of interest and funding that the seconds since may have cost. */
const INTEREST_USD = 20;
/** Seconds in which the mark comes down, ten times over. */
const SECONDS = 100;

/** Two accounts of two users who are one: the loser sells to the winner below the mark. */
interface Pair {
  readonly winner: SimPerson;
  readonly loser: SimPerson;
}

/** The scenario. */
export const theMarkLags: Scenario = {
  id: 'S14',
  title: 'The mark lags',
  day: 'Index and book lose five per cent at once, the mark follows at half a per cent a second. Meanwhile some sell to themselves at the index, book the difference to the mark as profit and carry away all the venue lets go.',
  play: ({ form, open }) => {
    const { pairs: count } = SIZES[form];
    const coins = [{ symbol: 'BTC', usd: FIRST_USD, kind: 'major' as const, markets: 'perp' as const }];
    const play = open({ coins, accounts: 2 * count + 16, orders: 4_096, rowsPerAccount: 4, fundUsdc: 1_000_000 });
    const { venue } = play;
    const market = marketOf(venue, 'BTC_USDC_PERP').ix;
    const house = new House(venue, market, 500e6);
    const fundBefore = fundOf(venue);
    const pairs = Array.from({ length: count }, () => ({ winner: openOne(venue), loser: openOne(venue) }));
    for (let second = 0; second < 5; second += 1) liveAt(play, house, FIRST_USD);
    const took = new Map<number, number>();
    for (let second = 0; second < SECONDS; second += 1) {
      liveAt(play, house, FIRST_USD * FALL);
      for (const pair of pairs) scheme(venue, market, pair, took, second);
    }
    judge(play, market, pairs, took, fundBefore);
  },
};

function openOne(venue: SimVenue): SimPerson {
  const person = venue.person();
  venue.deposit(person, venue.state.usdc, STAKE_USD * 1e6);
  venue.setLeverage(person, 50);
  return person;
}

function liveAt(play: Play, house: House, usd: number): void {
  play.venue.usd[1] = usd;
  house.quote(usd, { usd: 5e6, reach: 0.01, levels: 10, halfSpread: 0.0002 });
  play.second();
}

/** As soon as the mark lags they trade with each other at the index; from then on both take out what they can, every second. */
function scheme(venue: SimVenue, market: number, { winner, loser }: Pair, took: Map<number, number>, second: number): void {
  if (second === 0) {
    const { tickSize = 1, lotSize = 1 } = venue.state.markets[market] ?? {};
    const order = { market, priceTicks: Math.round((FIRST_USD * FALL) / tickSize) };
    const lots = Math.floor((STAKE_USD * LEVERAGE) / (FIRST_USD * FALL) / lotSize);
    for (let quantityLots = lots; quantityLots >= 1; quantityLots = Math.floor(quantityLots / 2)) {
      // A moment without the house, so that they find each other.
      const sold = venue.as(loser, commands.placeOrder, { ...order, side: Side.Ask, quantityLots }).rejectCode;
      if (sold !== 0) continue;
      venue.as(winner, commands.placeOrder, { ...order, side: Side.Bid, quantityLots });
      break;
    }
  }
  for (const person of [winner, loser]) {
    const ask = { account: person.account, asset: venue.state.usdc, autoLendRedeem: true, autoBorrow: true };
    const { quantity: size } = answerQuery(venue.state, 'maxWithdrawal', ask);
    if (size < 1) continue;
    const { rejectCode } = withdraw(venue, person, { asset: venue.state.usdc, atoms: size, mayBorrow: true });
    if (rejectCode === 0) took.set(person.account, (took.get(person.account) ?? 0) + size);
    else if (rejectCode !== rejects.profitPace.code) throw new Error(`what could leave was refused: ${rejectCode}`);
  }
}

function judge(play: Play, market: number, pairs: readonly Pair[], took: ReadonlyMap<number, number>, fundBefore: number): void {
  const { venue, recorder } = play;
  const out = pairs.map(({ winner, loser }) => ((took.get(winner.account) ?? 0) + (took.get(loser.account) ?? 0)) / 1e6);
  const most = Math.max(...out);
  const left = pairs.flatMap(({ winner, loser }) => [winner, loser]).map(({ account }) => answerQuery(venue.state, 'margin', { account }));
  const poorest = Math.min(...left.map(({ realEquity }) => realEquity));
  const shortest = Math.min(...left.map(({ equityAvailable }) => equityAvailable));
  const booked = Math.max(...left.map(({ totalExposure }) => totalExposure)) * (1 / FALL - 1);
  const opened = venue.state.markets[market];
  play.figure(`taken out by a pair at most, of ${2 * STAKE_USD} USD`, `${most.toFixed(2)} USD`);
  play.figure('owned by the poorest once the mark is down', `${poorest.toFixed(2)} USD`);
  play.check('no pair takes out more than it brought', most <= 2 * STAKE_USD, `at most ${most.toFixed(2)} of ${2 * STAKE_USD} USD`);
  play.check(
    'nobody leaves a hole behind',
    poorest > 0,
    `the poorest of ${left.length} owns ${poorest.toFixed(2)} USD once the mark is down`,
  );
  play.check(
    'what left did not count on the lagging mark',
    shortest > -INTEREST_USD,
    `once the mark is down everybody still has the initial margin of his position, the shortest by ${shortest.toFixed(2)} USD; the lag was worth ${booked.toFixed(0)} USD to each winner`,
  );
  play.check(
    'the mark came down to the index',
    Math.abs((opened?.price.markExact ?? 0) / (FIRST_USD * FALL) - 1) < 0.005,
    `mark ${opened?.price.markExact.toFixed(1)}, index ${FIRST_USD * FALL}`,
  );
  play.check(
    'the fund loses nothing',
    fundOf(venue) >= fundBefore,
    `it began with ${fundBefore.toFixed(2)} USD and ends with ${fundOf(venue).toFixed(2)}`,
  );
  play.check('no bad debt', recorder.tally.badDebtUsd === 0, `lenders lost ${recorder.tally.badDebtUsd} USD`);
}

function fundOf(venue: SimVenue): number {
  return answerQuery(venue.state, 'margin', { account: FUND_ACCOUNT }).realEquity;
}
