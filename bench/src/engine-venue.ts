/** A venue for the engine benchmarks: many funded accounts, one perpetual with a mark, everything through `apply`. */
import { apply, openState, pendingSystemWork, type State, smallGenesis } from '@mochila/core';
import { commands, encodeRecord, type Fields, type Genesis, type RecordSchema } from '@mochila/protocol';

/** The state and the words its commands are written into. */
export interface BenchVenue {
  readonly state: State;
  readonly words: Float64Array;
  /** MarketIx the stream trades on. */
  readonly market: number;
}

/** USD prices every source repeats; the perpetual's tick is a tenth of a dollar, so a stream around 1,000,000 ticks trades near 100,000. */
const USD = [1, 1, 100_000, 3_000, 150];
const MARKET = 4;

/**
 * Opens a venue with `accounts` sandbox accounts.
 *
 * @param orders - room for open orders.
 * @param isUsdcOnly - accounts start with USDC alone instead of four assets.
 * @param change - what else is different in the genesis.
 */
export function createBenchVenue(
  accounts: number,
  orders: number,
  isUsdcOnly = false,
  change: (genesis: Genesis) => void = () => undefined,
): BenchVenue {
  const genesis = benchGenesis(accounts, orders);
  if (isUsdcOnly) for (const asset of genesis.assets.slice(1)) asset.faucetGrant = '0';
  change(genesis);
  const venue: BenchVenue = { state: openState(genesis), words: new Float64Array(1 << 16), market: MARKET };
  send(venue, commands.genesis, { json: new TextEncoder().encode(JSON.stringify(genesis)) });
  passSecond(venue);
  const publicKey = new Uint8Array(32);
  const view = new DataView(publicKey.buffer);
  for (let at = 0; at < accounts; at += 1) {
    view.setUint32(0, at + 1);
    view.setUint32(4, (at + 1) * 2_654_435_761);
    const { rejectCode } = send(venue, commands.registerUser, { isSandbox: 1, publicKey });
    if (rejectCode !== 0) throw new Error(`account ${at} was refused: ${rejectCode}`);
  }
  return venue;
}

function benchGenesis(accounts: number, orders: number): Genesis {
  const genesis = smallGenesis();
  Object.assign(genesis.limits, {
    accounts: accounts + 8,
    users: accounts + 8,
    keys: accounts + 8,
    holdings: accounts * 5 + 64,
    positions: accounts * 2 + 64,
    orders,
    levelsPerSide: 1 << 17,
    limitOrdersPerAccount: 1_000_000,
    replayedSignatures: 1 << 17,
    settleSliceAccounts: 5_000,
  });
  const listing = genesis.markets[MARKET];
  if (listing === undefined) throw new Error('the small genesis lists the perpetual of the stream');
  listing.maxPriceTicks = 10_000_000;
  return genesis;
}

/** Applies one command at the present time, and the system work it leaves. */
export function send<T extends Fields>(
  venue: BenchVenue,
  schema: RecordSchema<T>,
  fields: Partial<T>,
): { rejectCode: number; result: Float64Array } {
  applyOne(venue, schema, fields, venue.state.timeMicros);
  const { outcome, result } = venue.state.scratch;
  const answer = { rejectCode: outcome.rejectCode, result };
  for (let work = pendingSystemWork(venue.state); work !== null; work = pendingSystemWork(venue.state)) {
    if (work.kind === 'settleSlice') applyOne(venue, commands.settleSlice, { ...work }, venue.state.timeMicros);
    else if (work.kind === 'liquidate')
      applyOne(venue, commands.liquidate, { second: work.second, round: work.round }, venue.state.timeMicros);
    else applyOne(venue, commands.fireTriggers, { round: work.round }, venue.state.timeMicros);
  }
  return answer;
}

/** Applies one command and nothing that follows from it. */
export function applyOne<T extends Fields>(venue: BenchVenue, schema: RecordSchema<T>, fields: Partial<T>, timeMicros: number): void {
  encodeRecord(schema, { ...schema.defaults, ...fields }, venue.words, 0);
  apply(venue.state, venue.state.seq + 1, timeMicros, venue.words, 0);
}

/** Lets one second pass with every source repeating its prices, times `factor`. */
export function passSecond(venue: BenchVenue, factor = 1): void {
  sendPrices(venue, factor);
  send(venue, commands.tick, { second: venue.state.tickSecond + 1 });
}

/** Gives the prices of the coming second; its tick is the caller's. */
export function sendPrices(venue: BenchVenue, factor: number): void {
  const { state } = venue;
  const second = state.tickSecond + 1;
  const prices = USD.map((price) => (price > 1 ? price * factor : price));
  const rows = prices.flatMap((price, asset) =>
    state.genesis.prices.sources.flatMap((_, source) => [source, asset, price, price, price, second]),
  );
  applyOne(venue, commands.prices, { quotes: new Uint8Array(Float64Array.from(rows).buffer) }, second * 1e6);
}
