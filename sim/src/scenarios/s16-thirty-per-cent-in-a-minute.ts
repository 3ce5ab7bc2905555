/** S16: thirty per cent in a minute, many longs at high leverage, a book that thins out under them. */
import { answerQuery } from '@mochila/core';
import type { Scenario } from '../scenario.ts';
import { FUND_ACCOUNT } from '../venue/venue-accounts.ts';
import { House, Tape } from '../world/house.ts';
import { factorAt } from '../world/path.ts';
import { openPosition } from '../world/population.ts';
import { openProviders } from '../world/providers.ts';

const SIZES = {
  // USD 26M of open interest on a book of 30M, or 5M, per 1 %.
  full: { longs: 400, openInterestUsd: 26e6, depthUsd: 30e6, settleSeconds: 900 },
  short: { longs: 100, openInterestUsd: 6e6, depthUsd: 1.2e6, settleSeconds: 240 },
};
const FALL = [
  { second: 0, factor: 1 },
  { second: 60, factor: 0.7 },
];
/** Of its depth what is left when the fall begins. */
const THIN = 0.05;

/** The scenario. */
export const thirtyPerCentInAMinute: Scenario = {
  id: 'S16',
  title: 'Thirty per cent in a minute',
  day: 'Four hundred longs at 20x and 50x hold the open interest of a market whose index loses thirty per cent in sixty seconds, while its book falls to a twentieth of its depth.',
  isCompared: true,
  play: ({ form, random, open }) => {
    const { longs, openInterestUsd, depthUsd, settleSeconds } = SIZES[form];
    const play = open({
      coins: [{ symbol: 'BTC', usd: 100_000, kind: 'major' }],
      accounts: longs + 64,
      orders: 4_096,
      rowsPerAccount: 4,
      fundUsdc: 1_000_000,
    });
    const { venue } = play;
    const market = venue.state.markets.findIndex(({ symbol }) => symbol === 'BTC_USDC_PERP');
    play.draw([market]);
    const house = new House(venue, market, 500e6);
    const tape = new Tape(venue, 1e6);
    openProviders(venue, { market, count: 4, capitalUsd: 2e6 });
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
    const shape = { reach: 0.01, levels: 20, halfSpread: 0.0002 };
    for (let second = 0; second < 20; second += 1) {
      house.quote(100_000, { ...shape, usd: depthUsd });
      tape.print(market);
      play.second();
    }
    const before = answerQuery(venue.state, 'margin', { account: FUND_ACCOUNT }).realEquity;
    for (let second = 0; second < settleSeconds; second += 1) {
      const usd = 100_000 * factorAt(FALL, second);
      venue.usd[1] = usd;
      house.quote(usd, { ...shape, usd: depthUsd * THIN });
      tape.print(market);
      play.second();
    }
    const fund = answerQuery(venue.state, 'margin', { account: FUND_ACCOUNT }).realEquity;
    const limit = before * venue.genesis.liquidation.fundMarketShare;
    const left = people.filter(({ account }) => venue.state.accounts.isLiquidating[account] === 1).length;
    play.check('no bad debt', play.recorder.tally.badDebtUsd === 0, `lenders lost ${play.recorder.tally.badDebtUsd} USD`);
    play.check(
      'the fund lost no more than its limit in the market',
      before - fund <= limit,
      `it began with ${before.toFixed(0)} USD, ended with ${fund.toFixed(0)}; the limit is ${limit.toFixed(0)}`,
    );
    const { worstTakenBeyondIndex } = play.recorder;
    play.check('providers took nothing above the index', worstTakenBeyondIndex <= 0, takenWords(worstTakenBeyondIndex));
    play.check('everything converges', left === 0, `${left} of ${longs} are still being liquidated at the end`);
  },
};

function takenWords(worst: number): string {
  return Number.isFinite(worst) ? `at worst they paid ${(-worst).toFixed(2)} USD a coin less than the index` : 'they had nothing to take';
}
