/** S11: a debt note meets a deposit. What the fund paid for an account that had nothing left is written down, and the deposit stays whole. */
import { accountNoteHead, answerQuery } from '@mochila/core';
import { commands, rejects, Side } from '@mochila/protocol';
import type { Play, Scenario } from '../scenario.ts';
import type { SimPerson, SimVenue } from '../venue/sim-venue.ts';
import { House, Tape } from '../world/house.ts';
import { marketOf } from '../world/lookup.ts';
import { openPosition } from '../world/population.ts';
import { restart } from '../world/restart.ts';
import { openSubaccount } from '../world/subaccount.ts';
import { withdraw } from '../world/withdraw.ts';

const SIZES = { full: { debtors: 200 }, short: { debtors: 4 } };
const FIRST_USD = 100_000;
/** Where the world is when the venue comes back: far below what a long at forty times can lose. */
const AFTER = 0.8;
const STOP_SECONDS = 3_600;
const SETTLE_SECONDS = 60;
const OWN_ATOMS = 2_000e6;
const DEPOSIT_ATOMS = 5_000e6;
const REPAID_ATOMS = 100e6;
const SHAPE = { usd: 5e6, reach: 0.01, levels: 10, halfSpread: 0.0002 };

/** A user whose first account goes under, and his second. */
interface Debtor {
  readonly person: SimPerson;
  readonly other: SimPerson;
}

/** The scenario. */
export const theDebtNote: Scenario = {
  id: 'S11',
  title: 'A debt note meets a deposit',
  day: 'Accounts long at forty times find the price a fifth lower after an hour without the venue. The fund pays what they owe. Later they deposit, and the deposit is theirs.',
  play: ({ form, open }) => {
    const { debtors: count } = SIZES[form];
    const coins = [{ symbol: 'BTC', usd: FIRST_USD, kind: 'major' as const, markets: 'perp' as const }];
    const play = open({ coins, accounts: 3 * count + 16, orders: 4_096, rowsPerAccount: 4, fundUsdc: 20_000_000 });
    const { venue } = play;
    const house = new House(venue, marketOf(venue, 'BTC_USDC_PERP').ix, 500e6);
    const tape = new Tape(venue, 1e6);
    const live = (seconds: number): void => {
      for (let second = 0; second < seconds; second += 1) {
        house.quote(venue.usd[1] ?? FIRST_USD, SHAPE);
        tape.print(house.market);
        play.second();
      }
    };
    live(1);
    const debtors = Array.from({ length: count }, () => openDebtor(venue, house));
    live(2);
    house.withdraw();
    restart(venue, STOP_SECONDS);
    venue.usd[1] = FIRST_USD * AFTER;
    live(SETTLE_SECONDS);
    judgeNotes(play, debtors);
    judgeDeposits(play, house.market, debtors, () => live(SETTLE_SECONDS));
  },
};

function openDebtor(venue: SimVenue, house: House): Debtor {
  const person = venue.person();
  const other = openSubaccount(venue, person);
  venue.deposit(person, venue.state.usdc, OWN_ATOMS);
  venue.deposit(other, venue.state.usdc, OWN_ATOMS);
  venue.setLeverage(person, 50);
  openPosition(venue, house, person, { usd: (OWN_ATOMS / 1e6) * 40, isLong: true });
  return { person, other };
}

/** Every account that went under has nothing, owes nothing, and has a note. */
function judgeNotes(play: Play, debtors: readonly Debtor[]): void {
  const { venue, recorder } = play;
  const noted = debtors.filter(({ person }) => noteOf(venue, person).leftAtoms > 0).length;
  const owing = debtors.filter(({ person }) => ofUsdc(venue, person).debtAtoms > 0).length;
  const sum = debtors.reduce((total, { person }) => total + noteOf(venue, person).leftAtoms, 0) / 1e6;
  play.check(
    'the fund paid, and wrote it down',
    noted === debtors.length && owing === 0,
    `${noted} of ${debtors.length} accounts have a note, ${sum.toFixed(2)} USD together; ${owing} still owe a pool`,
  );
  play.figure('written on notes', `${sum.toFixed(2)} USD`);
  play.check('no lender lost', recorder.tally.badDebtUsd === 0, `lenders lost ${recorder.tally.badDebtUsd} USD`);
}

/** The deposit, what may be done with it, and how it leaves. */
function judgeDeposits(play: Play, market: number, debtors: readonly Debtor[], wait: () => void): void {
  const { venue } = play;
  const before = debtors.map(({ person }) => noteOf(venue, person).leftAtoms);
  for (const { person } of debtors) venue.deposit(person, venue.state.usdc, DEPOSIT_ATOMS);
  wait();
  const whole = debtors.filter(({ person }) => ownedOf(venue, person) >= DEPOSIT_ATOMS).length;
  play.figure('deposits that stayed whole', `${whole} of ${debtors.length}`);
  play.check(
    'the deposit stays whole',
    whole === debtors.length,
    `${whole} of ${debtors.length} own all of their ${DEPOSIT_ATOMS / 1e6} USDC ${SETTLE_SECONDS} s later`,
  );
  const isBarred = debtors.every(({ person }) => mayNothing(venue, person, market));
  play.check('while the note stands it may be held, no more', isBarred, 'an order and a loan were refused as debtNoteStands');
  const isShut = debtors.every(({ person, other }) => transferTo(venue, other, person) === rejects.noteOfReceiver.code);
  play.check('no other account of the user may send to it', isShut, 'a transfer was refused as noteOfReceiver');
  const others = debtors.filter(({ other }) => ownedOf(venue, other) >= OWN_ATOMS).length;
  play.check('the other account of the user is untouched', others === debtors.length, `${others} of ${debtors.length} own what they owned`);
  const isSame = debtors.every(({ person }, at) => noteOf(venue, person).leftAtoms === before[at]);
  play.check('nothing was taken for the note', isSame, 'every note is what it was');
  judgeLeaving(play, debtors);
}

/** Half of them repay a part by their own call; then everything leaves. */
function judgeLeaving(play: Play, debtors: readonly Debtor[]): void {
  const { venue } = play;
  let repaid = 0;
  let left = 0;
  for (const [at, { person }] of debtors.entries()) {
    const { id, leftAtoms } = noteOf(venue, person);
    const quantityAtoms = at % 2 === 0 ? Math.min(leftAtoms, REPAID_ATOMS) : 0;
    if (quantityAtoms > 0 && venue.as(person, commands.repayDebtNote, { note: id, quantityAtoms }).rejectCode === 0)
      repaid += noteOf(venue, person).leftAtoms === leftAtoms - quantityAtoms ? 1 : 0;
    if (withdraw(venue, person, { asset: venue.state.usdc, atoms: DEPOSIT_ATOMS - quantityAtoms }).rejectCode === 0) left += 1;
  }
  play.check("a note is repaid by its owner's call alone", repaid === Math.ceil(debtors.length / 2), `${repaid} repaid a part`);
  play.check(
    'the deposit can leave again',
    left === debtors.length,
    `${left} of ${debtors.length} withdrew it whole, less what they chose to repay`,
  );
}

function mayNothing(venue: SimVenue, person: SimPerson, market: number): boolean {
  const { price } = venue.state.markets[market] ?? {};
  const order = { market, side: Side.Bid, priceTicks: price?.markTicks ?? 1, quantityLots: 10 };
  const loan = { asset: 1, side: 0, quantityAtoms: 1_000 };
  const codes = [venue.as(person, commands.placeOrder, order).rejectCode, venue.as(person, commands.executeBorrowLend, loan).rejectCode];
  return codes.every((code) => code === rejects.debtNoteStands.code);
}

function transferTo(venue: SimVenue, from: SimPerson, { account }: SimPerson): number {
  return venue.as(from, commands.transfer, { toAccount: account, asset: venue.state.usdc, quantityAtoms: 1e6 }).rejectCode;
}

/** The account's note; nothing left of it when it has none. */
function noteOf({ state }: SimVenue, { account }: SimPerson): { id: number; leftAtoms: number } {
  const row = accountNoteHead(state.accounts, account);
  return row < 0 ? { id: 0, leftAtoms: 0 } : { id: state.notes.id[row] ?? 0, leftAtoms: state.notes.leftAtoms[row] ?? 0 };
}

function ofUsdc(venue: SimVenue, { account }: SimPerson): { freeAtoms: number; lentAtoms: number; debtAtoms: number } {
  const row = answerQuery(venue.state, 'holdings', { account }).find(({ asset }) => asset === venue.state.usdc);
  return row ?? { freeAtoms: 0, lentAtoms: 0, debtAtoms: 0 };
}

function ownedOf(venue: SimVenue, person: SimPerson): number {
  const { freeAtoms, lentAtoms } = ofUsdc(venue, person);
  return freeAtoms + lentAtoms;
}
