/** A burst of liquidations: what many forced fills in one second take, and what they add to ordinary orders in between. */
import { pendingSystemWork } from '@mochila/core';
import { commands, events, OrderOrigin, Side, TimeInForce } from '@mochila/protocol';
import { applyOne, type BenchVenue, createBenchVenue, passSecond, send, sendPrices } from './engine-venue.ts';
import { cost, type Figure } from './figures.ts';
import { median } from './matching-latency.ts';

const FIRST_ACCOUNT = 3;
const PRICE_TICKS = 1_000_000;
/** USDC of each account, and lots (a dollar each) it buys with it. */
const EQUITY_USD = 1_000;
const LOTS = 18_500;
/** Asks of the maker, whole and far above the mark while the crowd is closed. */
const BIDS = 400;
const FALL_PER_SECOND = 0.005;
const SECONDS_MAX = 20;

/**
 * Figures of bursts in which `accounts` longs fall below maintenance in one second.
 *
 * @param runs - bursts in venues of their own; what is told is the median run.
 */
export function measureLiquidationBursts(accounts: number, runs: number): Figure[] {
  // The first one also warms the engine up: a venue that had never liquidated anybody would be slower once.
  const bursts = Array.from({ length: runs }, () => liquidateOnce(accounts)).sort((a, b) => a.totalMs / a.fills - b.totalMs / b.fills);
  const { fills, totalMs, ordersMs, quietMs } = bursts[Math.floor(runs / 2)] ?? NOTHING;
  const worst = ordersMs.reduce((high, ms) => Math.max(high, ms), 0);
  const note = `median beside liquidation; worst ${us(worst)}, quiet median ${us(median(quietMs))}`;
  const total = `${fills} fills in ${totalMs.toFixed(0)} ms, receipts included; the median of ${runs} runs`;
  return [
    cost('forced fills of one second, for 10,000 of them', (totalMs / fills) * 10_000, 'ms', 100, null, total),
    cost('ordinary order in a burst of liquidation', median(ordersMs) * 1000, 'us', null, null, note),
  ];
}

function liquidateOnce(accounts: number): Burst {
  const venue = openVenue(accounts);
  const quietMs = Array.from({ length: 2_000 }, (_, at) => timeOrder(venue, at));
  for (let second = 1; second <= SECONDS_MAX; second += 1) {
    const burst = passAndLiquidate(venue, 1 - FALL_PER_SECOND * second);
    if (burst.fills === 0) continue;
    if (burst.fills < accounts) throw new Error(`${accounts} forced fills were to come in one second, ${burst.fills} came`);
    return { ...burst, quietMs };
  }
  throw new Error('nobody was liquidated');
}

interface Burst {
  fills: number;
  totalMs: number;
  /** Of each order taken between two liquidation commands: the command before it and its own. */
  ordersMs: number[];
  /** Of orders before anything fell. */
  quietMs: number[];
}

const NOTHING: Burst = { fills: 0, totalMs: 0, ordersMs: [], quietMs: [] };

function us(ms: number): string {
  return `${(ms * 1000).toFixed(0)} us`;
}

/** Longs at 18.5x bought from one rich account, which bids for what they will have to give. */
function openVenue(accounts: number): BenchVenue {
  const venue = createBenchVenue(accounts + 2, 1 << 16, true, (genesis) => {
    const [usdc] = genesis.assets;
    if (usdc !== undefined) usdc.faucetGrant = String(EQUITY_USD);
    genesis.account.positionLimitUsd = 1e12;
    genesis.settleEverySeconds = 3_600;
    for (const { perp } of genesis.markets) if (perp !== null) perp.openInterestLimitUsd = 1e15;
  });
  for (const rich of [accounts, accounts + 1]) {
    const reference = new TextEncoder().encode(`rich ${rich}`);
    send(venue, commands.creditDeposit, { account: FIRST_ACCOUNT + rich, asset: 0, amountAtoms: 4e15, reference });
  }
  for (let number = 0; number < accounts; number += 1) {
    if (number % 20_000 === 0) passSecond(venue);
    order(venue, accounts, { side: Side.Ask, priceTicks: PRICE_TICKS, quantityLots: LOTS });
    order(venue, number, { side: Side.Bid, priceTicks: PRICE_TICKS, quantityLots: LOTS, timeInForce: TimeInForce.IOC });
  }
  passSecond(venue);
  return venue;
}

/** One second in which the price falls and the book follows; times every piece of liquidation and an order after each. */
function passAndLiquidate(venue: BenchVenue, factor: number): Burst {
  const { state } = venue;
  const accounts = state.accounts.used - FIRST_ACCOUNT - 2;
  const burst: Burst = { ...NOTHING, ordersMs: [] };
  for (let level = 0; level < BIDS; level += 1) {
    const priceTicks = Math.round(PRICE_TICKS * factor) - level;
    order(venue, accounts + 1, { side: Side.Bid, priceTicks, quantityLots: Math.ceil((accounts * LOTS) / BIDS) });
  }
  sendPrices(venue, factor);
  applyOne(venue, commands.tick, { second: state.tickSecond + 1 }, state.timeMicros);
  let orders = 0;
  for (let work = pendingSystemWork(state); work?.kind === 'liquidate'; work = pendingSystemWork(state)) {
    const begun = performance.now();
    applyOne(venue, commands.liquidate, { second: work.second, round: work.round }, state.timeMicros);
    const ms = performance.now() - begun;
    burst.totalMs += ms;
    burst.fills += forcedFills(venue);
    orders += 1;
    burst.ordersMs.push(ms + timeOrder(venue, 1_000_000 * (state.tickSecond % 1_000) + orders));
  }
  send(venue, commands.cancelAllOrders, { ...header(venue, accounts + 1), market: venue.market, scope: 0 });
  return burst;
}

function forcedFills({ state }: BenchVenue): number {
  const { words, length } = state.out;
  let fills = 0;
  for (let at = 0; at < length; ) {
    const header = words[at] ?? 0;
    const code = Math.floor(header / 65_536);
    if (code === events.fill.code && words[at + 20] !== OrderOrigin.User) fills += 1;
    at += header - code * 65_536;
  }
  return fills;
}

/** Places and cancels nothing: one order far from the market, by who is not liquidated. @returns ms of its placing. */
function timeOrder(venue: BenchVenue, number: number): number {
  const accounts = venue.state.accounts.used - FIRST_ACCOUNT - 2;
  const begun = performance.now();
  order(venue, accounts, { side: Side.Ask, priceTicks: PRICE_TICKS + 20_000 + (number % 500), quantityLots: 1 });
  return performance.now() - begun;
}

let signed = 0;

function header(
  venue: BenchVenue,
  number: number,
): Record<'account' | 'key' | 'keyGeneration' | 'signedAtMs' | 'windowMs' | 'signHi' | 'signLo', number> {
  signed += 1;
  const signedAtMs = venue.state.timeMicros / 1000;
  return { account: FIRST_ACCOUNT + number, key: number, keyGeneration: 1, signedAtMs, windowMs: 500, signHi: 4, signLo: signed };
}

interface Wanted {
  readonly side: number;
  readonly priceTicks: number;
  readonly quantityLots: number;
  readonly timeInForce?: number;
}

function order(venue: BenchVenue, number: number, wanted: Wanted): void {
  applyOne(venue, commands.placeOrder, { ...header(venue, number), market: venue.market, ...wanted }, venue.state.timeMicros);
  const { rejectCode } = venue.state.scratch.outcome;
  if (rejectCode !== 0) throw new Error(`order of account ${number} was refused: ${rejectCode}`);
}
