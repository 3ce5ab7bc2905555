/** S8: self-trade and borrow everything. A coin is lifted twenty-three times over; its owners carry away all the venue lets go. */
import { answerQuery } from '@mochila/core';
import { commands } from '@mochila/protocol';
import type { Play, Scenario } from '../scenario.ts';
import type { SimPerson, SimVenue } from '../venue/sim-venue.ts';
import { House, Tape } from '../world/house.ts';
import { assetOf, marketOf, type SimAsset } from '../world/lookup.ts';
import { factorAt } from '../world/path.ts';
import { openProviders } from '../world/providers.ts';
import { openSubaccount } from '../world/subaccount.ts';
import { tradeBetween } from '../world/trade-between.ts';
import { withdraw } from '../world/withdraw.ts';

const SIZES = {
  full: { pumpSeconds: 300, holdSeconds: 300, backSeconds: 300, settleSeconds: 1_800, everySeconds: 2 },
  short: { pumpSeconds: 60, holdSeconds: 60, backSeconds: 60, settleSeconds: 90, everySeconds: 5 },
};
const FIRST_USD = 0.04;
const PUMP = 23;
const CALM_SECONDS = 10;
/** USDC of each of the two, the position between them, and the coins that one of them owns as collateral. */
const STAKE_USD = 5e6;
const SELF_TRADE_USD = 4.5e6;
const COINS_USD = 2e6;
const SHAPE = { usd: 100_000, reach: 0.01, levels: 4, halfSpread: 0.001 };
/** Weight of the coin, at most; large amounts weigh less. */
const WEIGHT = 0.5;
const STABLE_COINS: readonly string[] = ['USDC', 'BTC', 'ETH'];

/** Whose money it is, and what left: USD, coins at their price. */
interface Purse {
  readonly person: SimPerson;
  left: number;
}

/** The scenario. */
export const borrowEverything: Scenario = {
  id: 'S8',
  title: 'Self-trade and borrow everything',
  day: 'Two accounts trade 4.5M USD of a small coin with one another and one owns the coin besides. Its price is lifted to 23 times within minutes everywhere; they withdraw, transfer and borrow all that the venue lets go before it falls back.',
  play: ({ form, open }) => {
    const size = SIZES[form];
    const coins = [
      { symbol: 'MANGO', usd: FIRST_USD, kind: 'new' as const },
      { symbol: 'BTC', usd: 60_000, kind: 'major' as const, markets: 'spot' as const },
      { symbol: 'ETH', usd: 3_000, kind: 'major' as const, markets: 'spot' as const },
    ];
    const play = open({ coins, accounts: 64, orders: 4_096, rowsPerAccount: 8, fundUsdc: 1_000_000 });
    const { venue } = play;
    const perp = marketOf(venue, 'MANGO_USDC_PERP');
    const spot = marketOf(venue, 'MANGO_USDC');
    const coin = assetOf(venue, 'MANGO');
    play.draw([perp.ix, spot.ix]);
    const houses = [new House(venue, perp.ix, 10e6), new House(venue, spot.ix, 10e6, 100e6)];
    const tape = new Tape(venue, 100_000);
    openLenders(venue);
    openProviders(venue, { market: perp.ix, count: 2, capitalUsd: 200_000 });
    const [long, short, owner] = openColluders(venue, coin, perp.ix);
    const path = [
      { second: CALM_SECONDS, factor: 1 },
      { second: CALM_SECONDS + size.pumpSeconds, factor: PUMP },
      { second: CALM_SECONDS + size.pumpSeconds + size.holdSeconds, factor: PUMP },
      { second: CALM_SECONDS + size.pumpSeconds + size.holdSeconds + size.backSeconds, factor: 1 },
    ];
    const begunSecond = venue.state.tickSecond;
    let stableMax = 0;
    let sentOver = 0;
    for (let second = 0; second < (path[3]?.second ?? 0) + size.settleSeconds; second += 1) {
      venue.usd[coin.ix] = FIRST_USD * factorAt(path, second);
      for (const house of houses) {
        house.quote(FIRST_USD * factorAt(path, second), SHAPE);
        tape.print(house.market);
      }
      play.second();
      stableMax = Math.max(stableMax, coin.price.stable);
      if (second < CALM_SECONDS || second % size.everySeconds !== 0) continue;
      for (const purse of [long, short, owner]) takeAll(venue, purse);
      sentOver += sendOver(venue, long.person, owner.person);
    }
    judge(play, { long, short, owner, sentOver, stableMax, begunSecond });
  },
};

/** The pools that they would empty. */
function openLenders(venue: SimVenue): void {
  const lender = venue.person();
  for (const symbol of STABLE_COINS) {
    const { ix, unitAtoms, price } = assetOf(venue, symbol);
    venue.deposit(lender, ix, Math.floor((20e6 / price.index) * unitAtoms));
  }
}

/** Two users; the long's second account owns the coin. */
function openColluders(venue: SimVenue, coin: SimAsset, market: number): [Purse, Purse, Purse] {
  const [long, short] = [venue.person(), venue.person()];
  for (const person of [long, short]) venue.deposit(person, venue.state.usdc, STAKE_USD * 1e6);
  const owner = openSubaccount(venue, long);
  venue.deposit(owner, coin.ix, Math.floor((COINS_USD / FIRST_USD) * coin.unitAtoms));
  const { lotSize, tickSize, price } = venue.state.markets[market] ?? { lotSize: 1, tickSize: 1, price: { markTicks: 1 } };
  const lots = Math.floor(SELF_TRADE_USD / (lotSize * price.markTicks * tickSize));
  const code = tradeBetween(venue, { market, buyer: long, seller: short, lots });
  if (code !== 0) throw new Error(`the self-trade was refused: ${code}`);
  return [
    { person: long, left: 0 },
    { person: short, left: 0 },
    { person: owner, left: 0 },
  ];
}

/** Withdraws the most of everything, borrowing it where that is let. */
function takeAll(venue: SimVenue, purse: Purse): void {
  const { account } = purse.person;
  for (const symbol of STABLE_COINS) {
    const { ix: asset, unitAtoms, price } = assetOf(venue, symbol);
    const { quantity } = answerQuery(venue.state, 'maxWithdrawal', { account, asset, autoBorrow: true, autoLendRedeem: true });
    if (quantity < 1) continue;
    const { rejectCode } = withdraw(venue, purse.person, { asset, atoms: quantity, mayBorrow: true });
    if (rejectCode === 0) purse.left += (quantity / unitAtoms) * price.index;
  }
}

/** What does not leave may go to the other account first. @returns USD that went. */
function sendOver(venue: SimVenue, from: SimPerson, to: SimPerson): number {
  const { usdc } = venue.state;
  const ask = { account: from.account, asset: usdc, autoBorrow: false, autoLendRedeem: true };
  const { quantity } = answerQuery(venue.state, 'maxWithdrawal', ask);
  if (quantity < 1) return 0;
  const { rejectCode } = venue.as(from, commands.transfer, { toAccount: to.account, asset: usdc, quantityAtoms: quantity });
  return rejectCode === 0 ? quantity / 1e6 : 0;
}

interface Outcome {
  readonly long: Purse;
  readonly short: Purse;
  readonly owner: Purse;
  /** USD that went from the long account to the owner's. */
  readonly sentOver: number;
  /** Highest stable price of the coin, USD. */
  readonly stableMax: number;
  readonly begunSecond: number;
}

function judge(play: Play, { long, short, owner, sentOver, stableMax, begunSecond }: Outcome): void {
  const { venue, recorder } = play;
  const { genesis } = venue;
  const limitUsd = marketOf(venue, 'MANGO_USDC_PERP').listing.perp?.openInterestLimitUsd ?? 0;
  const anHour = limitUsd * genesis.withdrawableProfitFraction * genesis.withdrawableProfitUserShare;
  const hours = Math.floor(venue.state.tickSecond / 3_600) - Math.floor(begunSecond / 3_600) + 1;
  const profits = [long.left + sentOver - STAKE_USD, short.left - STAKE_USD].map((usd) => Math.max(0, usd));
  const onCoins = owner.left - sentOver;
  const coins = COINS_USD / FIRST_USD;
  play.check(
    'of the profit no more leaves than withdrawableProfit',
    profits.every((profit) => profit <= hours * anHour),
    `beyond the ${dollars(STAKE_USD)} each brought ${profits.map(dollars).join(' and ')} left; a user may take ${dollars(anHour)} of a market in an hour, and the play touches ${hours}`,
  );
  play.check(
    'the coin carries no more than its stable price',
    onCoins <= coins * stableMax * WEIGHT,
    `${dollars(onCoins)} were borrowed against coins worth ${dollars(coins * stableMax * WEIGHT)} at the highest stable price, after the haircut`,
  );
  play.check('lenders lose nothing', recorder.tally.badDebtUsd === 0, `they lost ${dollars(recorder.tally.badDebtUsd)}`);
  play.figure('left with the profit of the self-trade', profits.map(dollars).join(' and '));
  play.figure('left against the coin', dollars(onCoins));
  play.figure('stable price of the coin at most', `${(stableMax / FIRST_USD).toFixed(2)} times the first`);
  play.figure(`left in all, of ${dollars(2 * STAKE_USD + COINS_USD)} that they brought`, dollars(long.left + short.left + owner.left));
}

function dollars(usd: number): string {
  return `${Math.round(usd).toLocaleString('en')} USD`;
}
