/** A crowd with one position each: settlement of all of them, and margins of all of them in one pass. */
import { auditFlags, pendingSystemWork } from '@mochila/core';
import { commands, Side, TimeInForce } from '@mochila/protocol';
import { applyOne, type BenchVenue, createBenchVenue, passSecond, send, sendPrices } from './engine-venue.ts';
import { cost, type Figure, figure } from './figures.ts';
import { median } from './matching-latency.ts';

const FIRST_ACCOUNT = 3;
const PRICE_TICKS = 1_000_000;
const LOTS = 100;
const EPOCHS = 3;
const PASSES = 5;
/** Commands after which a second passes, so that the replay table has room. */
const COMMANDS_PER_SECOND = 50_000;

/** Figures of a crowd of `accounts` positions; those of another size than a million are scaled to it. */
export function measureCrowd(accounts: number): Figure[] {
  const venue = createBenchVenue(accounts, 1 << 10, true);
  openPositions(venue, accounts);
  const settled = Array.from({ length: EPOCHS }, (_, epoch) => settleAll(venue, 1 + (epoch % 2 === 0 ? 0.001 : -0.001)));
  const scale = 1_000_000 / accounts;
  const total = median(settled.map((each) => each.totalMs)) * scale;
  const worst = median(settled.map((each) => each.worstMs));
  const passMs = median(Array.from({ length: PASSES }, () => timeFullPass(venue)));
  const columns = columnBytes(venue);
  return [
    cost('settlement of 1M positions', total, 'ms', 150, null, scale === 1 ? '' : `scaled from ${accounts}`),
    cost('worst slice of settlement', worst, 'ms', 5, null, `slices of ${venue.state.genesis.limits.settleSliceAccounts} accounts`),
    figure(
      'margins of all accounts in one pass',
      accounts / passMs / 1000,
      'M accounts/s',
      3,
      12,
      `${passMs.toFixed(0)} ms over ${accounts}`,
    ),
    cost('bytes per account', columns, 'B', null, null, 'one key, one asset, one position'),
  ];
}

function openPositions(venue: BenchVenue, accounts: number): void {
  for (let pair = 0; pair * 2 + 1 < accounts; pair += 1) {
    if (pair % (COMMANDS_PER_SECOND / 2) === 0) passSecond(venue);
    order(venue, FIRST_ACCOUNT + pair * 2, Side.Bid, TimeInForce.GTC, pair * 2);
    order(venue, FIRST_ACCOUNT + pair * 2 + 1, Side.Ask, TimeInForce.IOC, pair * 2 + 1);
  }
}

function order(venue: BenchVenue, account: number, side: number, timeInForce: number, number: number): void {
  const { rejectCode } = send(venue, commands.placeOrder, {
    account,
    key: account - FIRST_ACCOUNT,
    keyGeneration: 1,
    signedAtMs: venue.state.timeMicros / 1000,
    windowMs: 500,
    signHi: 2,
    signLo: number,
    market: venue.market,
    side,
    timeInForce,
    priceTicks: PRICE_TICKS,
    quantityLots: LOTS,
  });
  if (rejectCode !== 0) throw new Error(`order of account ${account} was refused: ${rejectCode}`);
}

/** Lets the seconds up to the next epoch pass and times its slices. */
function settleAll(venue: BenchVenue, factor: number): { totalMs: number; worstMs: number } {
  const { state } = venue;
  const every = state.genesis.settleEverySeconds;
  do passSecond(venue, factor);
  while ((state.tickSecond + 1) % every !== 0);
  sendPrices(venue, factor);
  applyOne(venue, commands.tick, { second: state.tickSecond + 1 }, state.timeMicros);
  let totalMs = 0;
  let worstMs = 0;
  for (let work = pendingSystemWork(state); work?.kind === 'settleSlice'; work = pendingSystemWork(state)) {
    const start = performance.now();
    applyOne(venue, commands.settleSlice, { ...work }, state.timeMicros);
    const ms = performance.now() - start;
    totalMs += ms;
    worstMs = Math.max(worstMs, ms);
  }
  if (state.settlement.isOpen || totalMs === 0) throw new Error('an epoch was to be settled');
  return { totalMs, worstMs };
}

/** The margins of everybody with a position, by the one formula: the full pass that audits the index of liquidation. */
function timeFullPass({ state }: BenchVenue): number {
  const start = performance.now();
  auditFlags(state, 0, 1);
  return performance.now() - start;
}

/** Widths of all columns of what an account of the crowd has one row of. */
function columnBytes({ state }: BenchVenue): number {
  const { users, keys } = state.identity;
  const tables = [state.accounts, users, keys, state.holdings, state.positions];
  return tables.reduce((sum, table) => sum + bytesPerRow(table, table.capacity), 0);
}

/** A row of doubles that is seen as integers too counts once. */
function bytesPerRow(table: object, capacity: number): number {
  const buffers = new Set(Object.values(table).flatMap((column: unknown) => (ArrayBuffer.isView(column) ? [column.buffer] : [])));
  return [...buffers].reduce((sum, buffer) => sum + buffer.byteLength / capacity, 0);
}
