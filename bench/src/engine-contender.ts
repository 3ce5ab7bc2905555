/**
 * The whole engine in front of a stream: decoding, authorisation with replay protection, margin with the order at its
 * worst price, the fill guard on both sides, settlement of fills and every event, over many accounts with skewed
 * activity. Makers and takers are different people, so that every fill of the stream happens.
 */
import { apply, FORESEE_STEPS, foresee } from '@mochila/core';
import { commands, encodeRecord, events, Side, TimeInForce } from '@mochila/protocol';
import { type BenchVenue, passSecond } from './engine-venue.ts';
import type { Contender, Tally } from './matching-contender.ts';
import { type Stream, StreamKind } from './stream.ts';
import { createRandom, nextBelow } from './stream-random.ts';

/** Commands after which a second of the venue passes: a hundred thousand a second. */
const COMMANDS_PER_SECOND = 100_000;
const FIRST_ACCOUNT = 3;
/** Commands looked ahead at, as the core thread and a replay do; a single step has none ahead. */
const BATCH = 32;
const WINDOW_MS = 500;

/** Who sends the commands of a stream. */
export type Activity =
  /** Zipf: the account of rank r sends in proportion to 1 / r; the busiest of 100,000 sends one command in sixteen. */
  | 'zipf'
  /** Ten market makers send every resting order, a thousand open orders each; takers are Zipf. */
  | 'marketMakers';

const MAKERS = 10;
/** Coprime to every number of accounts in use: busy accounts do not lie side by side in memory. */
const SPREAD = 7_919;

/** Puts the engine in front of a stream. Commands are encoded beforehand, as they come from a ring. */
export function createEngineContender(stream: Stream, venue: BenchVenue, activity: Activity = 'zipf'): Contender {
  const tally: Tally = { trades: 0, lots: 0, notional: 0 };
  const records = encodeStream(stream, venue, activity);
  const { state } = venue;
  const orderIds = new Float64Array(2 * stream.shape.liveOrders + 1);
  const { words, offsets, cancelAt } = records;
  const fillCode = events.fill.code;
  const foreseeBatch = (from: number, to: number): void => {
    for (let at = from; at < to; at += 1) if (cancelAt[at] === 1) words[offsets[at]! + 13] = orderIds[stream.handle[at]!]!;
    for (let step = 0; step < FORESEE_STEPS; step += 1) for (let at = from; at < to; at += 1) foresee(state, words, offsets[at]!, step);
  };
  return {
    name: 'mochila engine',
    tally,
    run(from, to) {
      for (let at = from; at < to; at += 1) {
        if (at % COMMANDS_PER_SECOND === 0) passSecond(venue);
        if ((at - from) % BATCH === 0) foreseeBatch(at, Math.min(to, at + BATCH));
        const offset = offsets[at]!;
        const handle = stream.handle[at]!;
        if (cancelAt[at] === 1) words[offset + 13] = orderIds[handle]!;
        words[offset + 4] = state.timeMicros / 1000;
        apply(state, state.seq + 1, state.timeMicros, words, offset);
        const { outcome, result } = state.scratch;
        if (outcome.rejectCode !== 0)
          throw new Error(`operation ${at} was refused: ${outcome.rejectCode} ${outcome.value} ${outcome.limit}`);
        orderIds[handle] = result[2]!;
        // As on the other side: only what is marketable trades in a stream.
        if (stream.kind[at] === StreamKind.Marketable) countFills(state.out.words, state.out.length, fillCode, tally);
      }
    },
  };
}

function countFills(words: Float64Array, length: number, code: number, tally: Tally): void {
  for (let at = 0; at < length; ) {
    const header = words[at]!;
    const event = Math.floor(header / 65_536);
    if (event === code) {
      tally.trades += 1;
      tally.lots += words[at + 4]!;
      tally.notional += words[at + 3]! * words[at + 4]!;
    }
    at += header - event * 65_536;
  }
}

function encodeStream(
  stream: Stream,
  venue: BenchVenue,
  activity: Activity,
): { words: Float64Array; offsets: Int32Array; cancelAt: Uint8Array } {
  const placeWords = 1 + commands.placeOrder.numberFields.length;
  const words = new Float64Array(stream.count * placeWords);
  const offsets = new Int32Array(stream.count);
  const cancelAt = new Uint8Array(stream.count);
  const owners = new Int32Array(2 * stream.shape.liveOrders + 1);
  const random = createRandom(5);
  const accounts = venue.state.accounts.live - FIRST_ACCOUNT;
  let at = 0;
  for (let operation = 0; operation < stream.count; operation += 1) {
    offsets[operation] = at;
    const handle = stream.handle[operation]!;
    const isCancel = stream.kind[operation] === StreamKind.Cancel;
    const account = isCancel ? owners[handle]! : drawAccount(random, accounts, stream.kind[operation] === StreamKind.Marketable, activity);
    owners[handle] = account;
    const header = {
      account,
      key: account - FIRST_ACCOUNT,
      keyGeneration: 1,
      signedAtMs: 0,
      windowMs: WINDOW_MS,
      signHi: 1,
      signLo: operation + 1,
    };
    if (isCancel) {
      cancelAt[operation] = 1;
      at = encodeRecord(commands.cancelOrder, { ...commands.cancelOrder.defaults, ...header, market: venue.market }, words, at);
    } else
      at = encodeRecord(
        commands.placeOrder,
        { ...commands.placeOrder.defaults, ...header, ...orderOf(stream, operation, venue.market) },
        words,
        at,
      );
  }
  return { words, offsets, cancelAt };
}

function orderOf(stream: Stream, operation: number, market: number): { [name: string]: number } & { market: number } {
  const isMarketable = stream.kind[operation] === StreamKind.Marketable;
  return {
    market,
    side: stream.side[operation] === 0 ? Side.Bid : Side.Ask,
    priceTicks: stream.priceTicks[operation]!,
    quantityLots: stream.lots[operation]!,
    timeInForce: isMarketable ? TimeInForce.IOC : TimeInForce.GTC,
  };
}

/** Takers are odd, makers even, so that nobody meets an order of his own and both sides of the benchmark trade alike. */
function drawAccount(random: Parameters<typeof nextBelow>[0], accounts: number, isTaker: boolean, activity: Activity): number {
  const half = Math.floor(accounts / 2);
  const isOfMakers = activity === 'marketMakers' && !isTaker;
  // Log-uniform ranks: the chance of rank r falls as 1 / r.
  const rank = isOfMakers ? nextBelow(random, MAKERS) : Math.floor(half ** (nextBelow(random, 2 ** 30) / 2 ** 30)) - 1;
  return FIRST_ACCOUNT + 2 * ((rank * SPREAD) % half) + (isTaker ? 1 : 0);
}
