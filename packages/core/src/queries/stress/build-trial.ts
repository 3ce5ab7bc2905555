/** A venue of its own for one trial: the engine's own state, with the account, one crowd on the other side of everything, and one provider. */
import { BorrowLendSource, commands, encodeRecord, type Fields, type Genesis, type RecordSchema, type StressCopy } from '@mochila/protocol';
import { assert, formatDecimal, MICROS_PER_SECOND } from '@mochila/units';
import { createState } from '../../create-state.ts';
import { apply } from '../../engine.ts';
import { clearEvents } from '../../event-buffer.ts';
import {
  accountPostingHead,
  setAccountAutoLend,
  setAccountAutoRepayBorrows,
  setAccountLeverageLimit,
  setAccountPostingHead,
} from '../../ledger/accounts.ts';
import { closeFrame, openFrame } from '../../ledger/frame.ts';
import { PayPolicy, pay } from '../../ledger/pay.ts';
import { ReceiveMode, receive } from '../../ledger/receive.ts';
import { creditFromWorld } from '../../ledger/world.ts';
import { announcePositions } from '../../matching/position-events.ts';
import { powerOfTen } from '../../power-of-ten.ts';
import { ensurePosition } from '../../risk/position-rows.ts';
import { setPositionEntryCostAtoms, setPositionOpenedAtMicros, setPositionOpenedSeq, setPositionSizeLots } from '../../risk/positions.ts';
import type { State } from '../../state.ts';
import { takeRow } from '../../table.ts';

/** A trial venue and who is in it. */
export interface Trial {
  state: State;
  account: number;
  /** On the other side of the account's positions, and behind the books. */
  crowd: number;
}

/** What the crowd and lenders have of everything, in USD: enough that nothing ever lacks them. */
const CROWD_USD = 1e9;
const ATOMS_MAX = 1e15;
const PEOPLE = 3;

const words = new Float64Array(1 << 16);

/** Builds the venue; the copy is only read. */
export function buildTrial(copy: StressCopy): Trial {
  const state = createState(trialGenesis(copy));
  send(state, commands.genesis, { json: new Uint8Array(0) });
  const [account = 0, crowd = 0, provider = 0] = Array.from({ length: PEOPLE }, (_, at) => register(state, at));
  copyPrices(state, copy);
  inFrame(state, () => {
    for (const asset of state.assets)
      creditFromWorld(state, crowd, asset.ix, crowdAtoms(state, asset.ix), ReceiveMode.Lend, BorrowLendSource.AutoLend);
    giveMoney(state, copy, account, crowd);
    givePositions(state, copy, account, crowd);
    giveCapacity(state, copy, provider);
  });
  const { accounts } = state;
  setAccountAutoLend(accounts, account, copy.autoLend);
  setAccountAutoRepayBorrows(accounts, account, copy.autoRepayBorrows);
  accounts.autoBorrowSettlements[account] = copy.autoBorrowSettlements;
  setAccountLeverageLimit(accounts, account, copy.leverageLimit);
  return { state, account, crowd };
}

/** Applies one command a second after the epoch of the trial or later. */
export function send<T extends Fields>(state: State, schema: RecordSchema<T>, fields: Partial<T>, timeMicros = state.timeMicros): void {
  encodeRecord(schema, { ...schema.defaults, ...fields }, words, 0);
  apply(state, state.seq + 1, timeMicros, words, 0);
}

/** Runs something that writes the trial beside its commands. */
export function inFrame(state: State, act: () => void): void {
  openFrame(state);
  act();
  announcePositions(state);
  closeFrame(state);
  clearEvents(state.out);
}

function trialGenesis({ genesis, timeMicros, fundUsd }: StressCopy): Genesis {
  const second = Math.floor(timeMicros / MICROS_PER_SECOND) * MICROS_PER_SECOND;
  const rows = 3 + PEOPLE;
  const limits = {
    ...genesis.limits,
    accounts: rows,
    users: rows + 1,
    keys: 8,
    holdings: rows * genesis.assets.length,
    positions: rows * genesis.markets.length,
    orders: 4_096,
    triggers: 8,
    levelsPerSide: Math.min(genesis.limits.levelsPerSide, 256),
    idempotencyKeys: 8,
    replayedSignatures: 8,
    withdrawalsOpen: 8,
  };
  const usdc = genesis.assets.find(({ symbol }) => symbol === 'USDC');
  assert(usdc !== undefined, 'a venue lists USDC');
  const fundGrant = formatDecimal(Math.min(ATOMS_MAX, Math.floor(fundUsd * powerOfTen(usdc.decimals))), usdc.decimals);
  return { ...genesis, limits, createdAtMicros: second, fundGrant };
}

function register(state: State, at: number): number {
  send(state, commands.registerUser, { isSandbox: 0, publicKey: new Uint8Array(32).fill(at + 1) });
  assert(state.scratch.outcome.rejectCode === 0, 'a trial has room for its people');
  return state.scratch.result[1]!;
}

/** Prices stand where they stood, in columns of the trial's own; a trial begins settled to its own epoch, at the last marks of the account. */
function copyPrices(state: State, copy: StressCopy): void {
  for (const asset of state.assets) {
    Object.assign(asset.price, structuredClone(copy.assetPrices[asset.ix]));
  }
  for (const market of state.markets) {
    Object.assign(market.price, structuredClone(copy.marketPrices[market.ix]));
    market.bookState = copy.bookStates[market.ix] ?? market.bookState;
    market.price.settleTicks = market.price.markTicks;
    market.price.settleTicksBefore = market.price.markTicks;
  }
  for (const { market, lastMarkTicks } of copy.positions) {
    const { price } = state.markets[market]!;
    price.settleTicks = lastMarkTicks;
    price.settleTicksBefore = lastMarkTicks;
  }
}

function crowdAtoms(state: State, ix: number): number {
  const { price, unitAtoms } = state.assets[ix]!;
  const mark = price.mark > 0 ? price.mark : 1;
  return Math.max(1, Math.min(ATOMS_MAX, Math.floor((CROWD_USD / mark) * unitAtoms)));
}

function giveMoney(state: State, copy: StressCopy, account: number, crowd: number): void {
  for (const { asset, freeAtoms, lentAtoms, debtAtoms } of copy.holdings) {
    if (debtAtoms > 0) {
      const shortfall = pay(state, account, asset, debtAtoms, PayPolicy.Forced, BorrowLendSource.Manual);
      assert(shortfall === 0, 'the crowd lends what the account owes');
      receive(state, crowd, asset, debtAtoms, ReceiveMode.Lend, BorrowLendSource.Manual);
    }
    if (lentAtoms > 0) creditFromWorld(state, account, asset, lentAtoms, ReceiveMode.Lend, BorrowLendSource.Manual);
    if (freeAtoms > 0) creditFromWorld(state, account, asset, freeAtoms, ReceiveMode.Free, BorrowLendSource.Manual);
  }
}

function givePositions(state: State, copy: StressCopy, account: number, crowd: number): void {
  const { positions } = state;
  for (const { market, sizeLots, entryCostAtoms } of copy.positions) {
    for (const [owner, sign] of [
      [account, 1],
      [crowd, -1],
    ] as const) {
      const row = ensurePosition(state, owner, market);
      setPositionSizeLots(positions, row, sign * sizeLots);
      setPositionEntryCostAtoms(positions, row, sign * entryCostAtoms);
      setPositionOpenedSeq(positions, row, state.seq);
      setPositionOpenedAtMicros(positions, row, state.timeMicros);
    }
    state.markets[market]!.openInterestLots = Math.abs(sizeLots);
  }
}

/** All providers as one: what they could take now, in each market. */
function giveCapacity(state: State, copy: StressCopy, provider: number): void {
  const usdcAtoms = Math.min(ATOMS_MAX, Math.floor(copy.providersUsd * state.assets[state.usdc]!.unitAtoms));
  if (usdcAtoms < 1) return;
  creditFromWorld(state, provider, state.usdc, usdcAtoms, ReceiveMode.Lend, BorrowLendSource.Manual);
  const { backstop, accounts } = state;
  for (const { market, freeAtoms } of copy.capacities) {
    const row = takeRow(backstop);
    backstop.account[row] = provider;
    backstop.market[row] = market;
    backstop.next[row] = accountPostingHead(accounts, provider);
    setAccountPostingHead(accounts, provider, row);
    backstop.capitalAtoms[row] = Math.ceil(freeAtoms / state.genesis.liquidation.providerLeverageMax);
    backstop.notionalAtoms[row] = freeAtoms;
    backstop.minuteAtoms[row] = freeAtoms;
    backstop.hourAtoms[row] = freeAtoms;
  }
}
