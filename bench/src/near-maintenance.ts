/** How many accounts a mark tick touches: the index of accounts near their maintenance against a scan of all of them. */
import { auditFlags } from '@mochila/core';
import { commands, Side, TimeInForce } from '@mochila/protocol';
import { type BenchVenue, createBenchVenue, passSecond, send } from './engine-venue.ts';
import { type Figure, figure } from './figures.ts';
import { createRandom, nextUint32 } from './stream-random.ts';

const FIRST_ACCOUNT = 3;
const PRICE_TICKS = 1_000_000;
/** Lots of a perpetual worth a dollar at that price. */
const USD_PER_LOT = 1;
const EQUITY_USD = 1_000;
const LEVERAGE_MAX = 19;
const TICKS = 60;
const COMMANDS_PER_SECOND = 50_000;
const BASIS_POINT = 0.0001;
const FALL_PER_SECOND = 0.004;
const FALL_SECONDS = 9;
const FALLEN = 1 - FALL_SECONDS * FALL_PER_SECOND;

/** Figures of a crowd of `accounts` with leverages from 0 to 19, most of them low. */
export function measureNearMaintenance(accounts: number): Figure[] {
  const venue = createBenchVenue(accounts, 1 << 10, true, (genesis) => {
    const [usdc] = genesis.assets;
    if (usdc !== undefined) usdc.faucetGrant = String(EQUITY_USD);
    genesis.settleEverySeconds = 3_600;
    for (const { perp } of genesis.markets) if (perp !== null) perp.openInterestLimitUsd = 1e15;
  });
  openCrowd(venue, accounts);
  // A fall first, so that the most daring stand near their maintenance.
  for (let second = 1; second <= FALL_SECONDS; second += 1) passSecond(venue, 1 - second * FALL_PER_SECOND);
  return [touched(venue, accounts, 1), touched(venue, accounts, 10)];
}

function touched(venue: BenchVenue, accounts: number, basisPoints: number): Figure {
  const { shortIndex } = venue.state.scratch;
  passSecond(venue, FALLEN);
  let looked = 0;
  for (let tick = 0; tick < TICKS; tick += 1) {
    passSecond(venue, FALLEN * (tick % 2 === 0 ? 1 + basisPoints * BASIS_POINT : 1));
    looked += shortIndex.looked;
  }
  // Throws when the index missed somebody.
  auditFlags(venue.state, 0, 1);
  const perTick = looked / TICKS;
  const note = `${perTick.toFixed(0)} of ${accounts} a tick; a full scan afterwards found none missed`;
  const isFloor = basisPoints === 1;
  return figure(
    `accounts touched by a tick of ${basisPoints} bp, fewer than a scan by`,
    accounts / Math.max(1, perTick),
    'x',
    isFloor ? 50 : null,
    isFloor ? 400 : null,
    note,
  );
}

function openCrowd(venue: BenchVenue, accounts: number): void {
  const random = createRandom(7);
  for (let pair = 0; pair * 2 + 1 < accounts; pair += 1) {
    if (pair % (COMMANDS_PER_SECOND / 2) === 0) passSecond(venue);
    const lots = Math.max(1, Math.floor((LEVERAGE_MAX * (nextUint32(random) / 2 ** 32) ** 2 * EQUITY_USD) / USD_PER_LOT));
    order(venue, pair * 2, Side.Bid, TimeInForce.GTC, lots);
    order(venue, pair * 2 + 1, Side.Ask, TimeInForce.IOC, lots);
  }
}

function order(venue: BenchVenue, number: number, side: number, timeInForce: number, quantityLots: number): void {
  const { rejectCode } = send(venue, commands.placeOrder, {
    account: FIRST_ACCOUNT + number,
    key: number,
    keyGeneration: 1,
    signedAtMs: venue.state.timeMicros / 1000,
    windowMs: 500,
    signHi: 3,
    signLo: number,
    market: venue.market,
    side,
    timeInForce,
    priceTicks: PRICE_TICKS,
    quantityLots,
  });
  if (rejectCode !== 0) throw new Error(`order of account ${number} was refused: ${rejectCode}`);
}
