/** Batches, events and listings for tests of folds. */
import {
  type AssetListing,
  type EngineEvent,
  type EventBatch,
  type EventFields,
  events,
  type Genesis,
  type MarketListing,
} from '@mochila/protocol';
import { type MarketFacts, marketFactsOf } from '../market-facts.ts';

export function batchOf(seq: number, timeMicros: number, batchEvents: EngineEvent[], commandCode = 0): EventBatch {
  return { seq, timeMicros, commandCode, rejectCode: 0, events: batchEvents };
}

export function fillEvent(fields: Partial<EventFields<'fill'>>): EngineEvent {
  return { name: 'fill', fields: { ...events.fill.defaults, ...fields } };
}

/** USDC, SOL, BTC; a spot market (tick 0.01, lot 0.01) and a perpetual (tick 0.1, lot 0.00001). */
export function smallListings(): Pick<Genesis, 'assets' | 'markets'> {
  return {
    assets: [asset('USDC', 6), asset('SOL', 9), asset('BTC', 8)],
    markets: [market('SOL_USDC', 'SPOT', 'SOL', '0.01', '0.01'), market('BTC_USDC_PERP', 'PERP', 'BTC', '0.1', '0.00001')],
  };
}

export function smallFacts(): MarketFacts[] {
  return marketFactsOf(smallListings());
}

function asset(symbol: string, decimals: number): AssetListing {
  return {
    symbol,
    displayName: symbol,
    decimals,
    weight: { kind: 'identity', weight: 1 },
    borrowImf: { base: 1, factor: 0 },
    borrowMmf: { base: 1, factor: 0 },
    pool: null,
    redemption: null,
    stepPerSecond: 1,
    tokens: [],
    faucetGrant: '0',
    faucetDaily: '0',
  };
}

function market(symbol: string, type: 'SPOT' | 'PERP', base: string, tickSize: string, lotSize: string): MarketListing {
  const band = { min: 0, max: 9 };
  return {
    symbol,
    type,
    base,
    quote: 'USDC',
    tickSize,
    lotSize,
    minQuantityLots: 1,
    maxQuantityLots: 1e9,
    maxPriceTicks: 1e9,
    state: 'Open',
    limitBand: band,
    impactBand: band,
    meanMarkBand: band,
    perp: null,
    takerSpeedBumpMs: 0,
  };
}
