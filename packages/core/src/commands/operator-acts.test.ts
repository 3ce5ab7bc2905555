import { BookState, commands, events, PoolState, PriceGrade, rejects } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { clearEvents } from '../event-buffer.ts';
import { inFrame, ledgerState } from '../testing/ledger-state.ts';
import { eventsOf, live, sayAll, tick } from '../testing/price-feed.ts';
import { SmallAsset, SmallMarket } from '../testing/small-genesis.ts';
import { applyResume } from './resume.ts';
import { applySetBookState } from './set-book-state.ts';
import { applySetPoolState } from './set-pool-state.ts';
import { applyUpdateParameters } from './update-parameters.ts';

const operator = new TextEncoder().encode('ops');
const PERP = SmallMarket.BTC_USDC_PERP;

function bytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

describe('setBookState', () => {
  it('refuses an unknown market, then an unknown state', () => {
    const state = ledgerState();
    expect(applySetBookState(state, { market: 99, bookState: 9, operator })?.code).toBe(rejects.unknownMarket.code);
    expect(applySetBookState(state, { market: PERP, bookState: 5, operator })?.code).toBe(rejects.badParameters.code);
    expect(applySetBookState(state, { market: PERP, bookState: 0.5, operator })?.code).toBe(rejects.badParameters.code);
  });

  it('changes the state and says so, with the operator', () => {
    const state = ledgerState();
    clearEvents(state.out);
    expect(applySetBookState(state, { market: PERP, bookState: BookState.CancelOnly, operator })).toBe(null);
    expect(state.markets[PERP]!.bookState).toBe(BookState.CancelOnly);
    expect(eventsOf(state, events.bookStateChanged)).toMatchObject([{ market: PERP, bookState: BookState.CancelOnly }]);
    expect(eventsOf(state, events.operatorActed)).toEqual([{ commandCode: commands.setBookState.code, operator }]);
  });
});

describe('setPoolState', () => {
  it('refuses an unknown asset, one without a pool, then an unknown state', () => {
    const state = ledgerState();
    expect(applySetPoolState(state, { asset: 99, poolState: 9, operator })?.code).toBe(rejects.unknownAsset.code);
    state.assets[SmallAsset.SOL]!.pool = null;
    expect(applySetPoolState(state, { asset: SmallAsset.SOL, poolState: 9, operator })?.code).toBe(rejects.notBorrowable.code);
    expect(applySetPoolState(state, { asset: SmallAsset.BTC, poolState: 3, operator })?.code).toBe(rejects.badParameters.code);
  });

  it('changes the state and tells the pool', () => {
    const state = ledgerState();
    clearEvents(state.out);
    expect(applySetPoolState(state, { asset: SmallAsset.BTC, poolState: PoolState.RepayOnly, operator })).toBe(null);
    expect(eventsOf(state, events.poolUpdated)).toMatchObject([
      { asset: SmallAsset.BTC, poolState: PoolState.RepayOnly, lentAtoms: 1e8, borrowedAtoms: 0, utilization: 0 },
    ]);
  });
});

describe('updateParameters', () => {
  it.each([
    ['bytes that are no text', Uint8Array.of(255, 254)],
    ['text that is no JSON', new TextEncoder().encode('{')],
    ['JSON that is no listing', bytes([1])],
    ['a market that is not listed', bytes({ ...ledgerState().markets[PERP]!.listing, symbol: 'X_USDC_PERP' })],
    ['a broken rule', bytes({ ...ledgerState().assets[2]!.listing, borrowMmf: { base: 0.19, factor: 0 } })],
  ])('refuses %s', (_, json) => {
    const state = ledgerState();
    const before = structuredClone(state.markets[PERP]!.listing);
    expect(applyUpdateParameters(state, { json, operator })?.code).toBe(rejects.badParameters.code);
    expect(state.markets[PERP]!.listing).toEqual(before);
  });

  it('replaces a market and an asset with its pool, judged by what stands today', () => {
    const state = ledgerState();
    clearEvents(state.out);
    const { listing } = state.markets[PERP]!;
    const perp = { ...listing.perp!, imf: { base: 0.05, factor: 0.0002 } };
    expect(applyUpdateParameters(state, { json: bytes({ ...listing, perp }), operator })).toBe(null);
    expect(state.markets[PERP]!.listing.perp!.imf.base).toBe(0.05);
    // Half of the new base, refused before.
    const wide = { ...state.markets[PERP]!.listing, perp: { ...perp, premiumBound: 0.025 } };
    expect(applyUpdateParameters(state, { json: bytes(wide), operator })).toBe(null);
    const asset = state.assets[SmallAsset.USDC]!;
    const pool = { ...asset.listing.pool!, rOpt: 0.09 };
    expect(applyUpdateParameters(state, { json: bytes({ ...asset.listing, pool }), operator })).toBe(null);
    expect([asset.listing.pool?.rOpt, asset.pool?.listing.rOpt]).toEqual([0.09, 0.09]);
    expect(eventsOf(state, events.parametersChanged)).toHaveLength(3);
    expect(eventsOf(state, events.operatorActed)).toHaveLength(3);
  });
});

describe('resume', () => {
  it('reopens through PostOnly what went stale during the stop, after five seconds of good prices', () => {
    const state = ledgerState();
    live(state, 3);
    state.timeMicros += 8 * 3_600 * 1e6;
    clearEvents(state.out);
    inFrame(state, () => applyResume(state, { stoppedAtMicros: 0 }));
    const market = state.markets[PERP]!;
    expect(market).toMatchObject({ bookState: BookState.PostOnly, isReduceOnly: true });
    expect(market.price).toMatchObject({ grade: PriceGrade.Stale, markTicks: 600_000 });
    expect(
      eventsOf(state, events.bookStateChanged).filter((event) => event.bookState === BookState.PostOnly && event.isReduceOnly === 1),
    ).toHaveLength(7);
    state.tickSecond = Math.floor(state.timeMicros / 1e6);
    tick(state);
    expect(market).toMatchObject({ bookState: BookState.PostOnly, isReduceOnly: true });
    // A fresh price far away is taken at once: nothing could trade on the old one.
    const usd = [1, 1, 40_000, 3_000, 150];
    for (let second = 0; second < 5; second += 1) {
      state.timeMicros = (state.tickSecond + 1) * 1e6;
      sayAll(state, usd);
      expect(market.bookState).toBe(BookState.PostOnly);
      tick(state);
      expect(market.price.markTicks).toBe(400_000);
    }
    expect(market).toMatchObject({ bookState: BookState.Open, isReduceOnly: false });
  });

  it('changes nothing after a stop that was short', () => {
    const state = ledgerState();
    live(state, 3);
    state.timeMicros += 5_000_000;
    inFrame(state, () => applyResume(state, { stoppedAtMicros: 0 }));
    expect(state.markets[PERP]!).toMatchObject({ bookState: BookState.Open, isReduceOnly: false });
  });

  it('leaves closed books closed, and an operator ends the waiting', () => {
    const state = ledgerState();
    live(state, 3);
    state.markets[0]!.bookState = BookState.Closed;
    state.timeMicros += 60_000_000;
    inFrame(state, () => applyResume(state, { stoppedAtMicros: 0 }));
    expect(state.markets[0]!.bookState).toBe(BookState.Closed);
    applySetBookState(state, { market: PERP, bookState: BookState.CancelOnly, operator });
    live(state, 70);
    expect(state.markets[PERP]!.bookState).toBe(BookState.CancelOnly);
    expect(state.markets[1]!.bookState).toBe(BookState.Open);
  });
});
