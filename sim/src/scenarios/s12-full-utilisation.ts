/** S12: every coin and every dollar that is lent is borrowed, and lenders are liquidated. Claims move; nobody else is forced. */
import { accountIsLiquidating, answerQuery } from '@mochila/core';
import { rejects } from '@mochila/protocol';
import type { Random } from '../random.ts';
import type { Play, Scenario } from '../scenario.ts';
import type { SimPerson, SimVenue } from '../venue/sim-venue.ts';
import { changeListing } from '../world/change-listing.ts';
import { House, Tape } from '../world/house.ts';
import { borrowOrRedeem, leavePools, openHoarder } from '../world/lenders.ts';
import { assetOf, marketOf } from '../world/lookup.ts';
import { factorAt } from '../world/path.ts';
import { openPosition } from '../world/population.ts';
import { withdraw } from '../world/withdraw.ts';

const SIZES = { full: { each: 100 }, short: { each: 4 } };
const FIRST_USD = 60_000;
const FALL = [
  { second: 0, factor: 1 },
  { second: 90, factor: 0.88 },
];
const SECONDS = 300;
const SHAPE = { usd: 20e6, reach: 0.01, levels: 10, halfSpread: 0.0002 };
/** What a lender of dollars lends, USDC, and one of coins, BTC. */
const LENT_USDC = 20_000;
const LENT_BTC = 1;
/** Left to rounding in each pool. */
const UNLENT_ATOMS = 1_000;

/** Who is there. */
interface People {
  readonly lenders: readonly SimPerson[];
  readonly waiting: SimPerson;
  readonly borrowers: readonly SimPerson[];
}

/** The scenario. */
export const fullUtilisation: Scenario = {
  id: 'S12',
  title: 'A hundred per cent utilisation while lenders are liquidated',
  day: 'All that the pools of dollars and of coins hold is lent out when the price falls by twelve per cent, and those who lent it are liquidated: they own claims, and no cash is there for them.',
  play: ({ form, random, open }) => {
    const { each } = SIZES[form];
    const coins = [{ symbol: 'BTC', usd: FIRST_USD, kind: 'major' as const }];
    const play = open({ coins, accounts: each * 8 + 32, orders: 8_192, rowsPerAccount: 6, fundUsdc: 1_000_000 });
    const { venue } = play;
    const perp = new House(venue, marketOf(venue, 'BTC_USDC_PERP').ix, 500e6);
    const spot = new House(venue, marketOf(venue, 'BTC_USDC').ix, 500e6, 5_000);
    const tape = new Tape(venue, 1e6);
    play.draw([perp.market]);
    const quote = (usd: number): void => {
      for (const house of [perp, spot]) {
        house.quote(usd, SHAPE);
        tape.print(house.market);
      }
    };
    quote(FIRST_USD);
    play.second();
    const people = openPeople(venue, random, perp, each);
    quote(FIRST_USD);
    play.second();
    for (const house of [perp, spot]) house.withdraw();
    fillPools(venue, people, [...perp.people, ...spot.people]);
    play.second();
    const before = { debts: debtsOf(venue, people.borrowers), used: utilisations(venue), indexes: lendIndexes(venue) };
    const isTold = withdraw(venue, people.waiting, { asset: venue.state.usdc, atoms: 1_000e6 }).rejectCode === rejects.maxUtilization.code;
    let most = 0;
    for (let second = 0; second < SECONDS; second += 1) {
      venue.usd[1] = FIRST_USD * factorAt(FALL, second);
      quote(venue.usd[1]);
      play.second();
      most = Math.max(most, ...utilisations(venue));
    }
    play.check('a lender who wants cash is told to wait', isTold, 'his withdrawal was refused as maxUtilization');
    judge(play, people, before, most);
  },
};

/** Lenders of dollars and of coins, both long at fifteen times and ten times what they own; one who only lends; borrowers who own enough. */
function openPeople(venue: SimVenue, random: Random, perp: House, each: number): People {
  const { usdc } = venue.state;
  const btc = assetOf(venue, 'BTC');
  const lenders = Array.from({ length: 2 * each }, (_, at) => {
    const person = venue.person();
    const isDollars = at < each;
    venue.deposit(person, isDollars ? usdc : btc.ix, isDollars ? LENT_USDC * 1e6 : LENT_BTC * btc.unitAtoms);
    const usd = isDollars ? LENT_USDC * random.between(12, 15) : LENT_BTC * FIRST_USD * random.between(8, 10);
    openPosition(venue, perp, person, { usd, isLong: true });
    return person;
  });
  const waiting = venue.person();
  venue.deposit(waiting, usdc, LENT_USDC * 1e6);
  const borrowers = Array.from({ length: 2 * each }, (_, at) => {
    const person = openHoarder(venue);
    venue.deposit(person, at < each ? btc.ix : usdc, at < each ? 20 * btc.unitAtoms : 500_000e6);
    return person;
  });
  return { lenders, waiting, borrowers };
}

/** Borrowers take all that is not the houses'; then the houses take theirs out, and nothing is left. */
function fillPools(venue: SimVenue, { borrowers }: People, houses: readonly SimPerson[]): void {
  const listings = [venue.state.usdc, assetOf(venue, 'BTC').ix].flatMap((asset) => venue.state.assets[asset]?.listing ?? []);
  for (const listing of listings)
    if (listing.pool !== null) changeListing(venue, { ...listing, pool: { ...listing.pool, maxUtilization: 1, throttleThreshold: 1 } });
  for (const { asset, lentAtoms, borrowedAtoms } of answerQuery(venue.state, 'pools', {})) {
    const ofHouses = houses.reduce((sum, { account }) => sum + lentOf(venue, account, asset), 0);
    const takers = borrowers.filter(({ account }) => heldOf(venue, account, asset) === 0);
    const share = Math.floor((lentAtoms - borrowedAtoms - ofHouses - UNLENT_ATOMS) / takers.length);
    for (const taker of takers) borrowOrRedeem(venue, taker, asset, share);
  }
  for (const house of houses) leavePools(venue, house);
  for (const listing of listings) changeListing(venue, listing);
}

function judge(play: Play, { lenders, borrowers }: People, before: Before, most: number): void {
  const { venue, recorder } = play;
  const flagged = new Set(recorder.flags.map(({ account }) => account));
  const liquidated = lenders.filter(({ account }) => flagged.has(account)).length;
  const others = [...flagged].filter((account) => !lenders.some((lender) => lender.account === account)).length;
  const left = lenders.filter(({ account }) => accountIsLiquidating(venue.state.accounts, account) === 1).length;
  const repaid = debtsOf(venue, borrowers).filter((debt, at) => debt < (before.debts[at] ?? 0)).length;
  const lost = lendIndexes(venue).filter((index, at) => index < (before.indexes[at] ?? 0n)).length;
  play.check(
    'the pools were empty of cash',
    Math.min(...before.used) > 0.999,
    `${before.used.map((used) => `${(used * 100).toFixed(4)} %`).join(' of dollars, ')} of coins were borrowed`,
  );
  play.check('lenders were liquidated', liquidated > 0 && left === 0, `${liquidated} of ${lenders.length}; ${left} of them not to the end`);
  play.check(
    'coins that were lent were sold as claims',
    recorder.tally.closedUsd.collateral > 0,
    `${recorder.tally.closedUsd.collateral.toFixed(0)} USD of collateral`,
  );
  play.check(
    'nobody else is forced',
    others === 0 && repaid === 0,
    `${others} others were flagged, ${repaid} of ${borrowers.length} borrowers owe less than before`,
  );
  play.figure('others who were forced', String(others + repaid));
  play.figure('utilisation at most', `${(most * 100).toFixed(2)} %`);
  play.check('no lender lost', lost === 0 && recorder.tally.badDebtUsd === 0, `${lost} pools are worth less to those who lend`);
  play.check('no pool lends more than it has', most <= 1, `utilisation reached ${(most * 100).toFixed(4)} %`);
}

/** Figures before the fall. */
interface Before {
  readonly debts: readonly number[];
  readonly used: readonly number[];
  readonly indexes: readonly bigint[];
}

function utilisations(venue: SimVenue): number[] {
  return answerQuery(venue.state, 'pools', {}).map(({ utilization }) => utilization);
}

function lendIndexes(venue: SimVenue): bigint[] {
  return venue.state.assets.flatMap(({ pool }) => pool?.lendIndex ?? []);
}

function debtsOf(venue: SimVenue, people: readonly SimPerson[]): number[] {
  return people.map(({ account }) => answerQuery(venue.state, 'holdings', { account }).reduce((sum, { debtAtoms }) => sum + debtAtoms, 0));
}

function lentOf(venue: SimVenue, account: number, asset: number): number {
  return answerQuery(venue.state, 'holdings', { account }).find((row) => row.asset === asset)?.lentAtoms ?? 0;
}

function heldOf(venue: SimVenue, account: number, asset: number): number {
  return answerQuery(venue.state, 'holdings', { account }).find((row) => row.asset === asset)?.freeAtoms ?? 0;
}
