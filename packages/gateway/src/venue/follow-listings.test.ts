import { createInlineLink, type InlineLink } from '@mochila/runtime';
import { createSimulatedClock } from '@mochila/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tradableGenesis } from '../testing/venue-gateway.ts';
import { createDirectory } from './directory.ts';
import { followListings } from './follow-listings.ts';

const genesis = tradableGenesis();
const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

describe('the listings of a directory', () => {
  let engine: InlineLink;
  beforeEach(() => {
    engine = createInlineLink({ genesis, clock: createSimulatedClock(genesis.createdAtMicros) });
  });
  afterEach(() => engine.close());

  const update = async (listing: object): Promise<void> => {
    const command = { name: 'updateParameters', fields: { json: bytes(listing), operator: bytes('ana') } } as const;
    expect((await engine.submit(command, new Uint8Array(0))).reject).toBeNull();
  };

  it('are those of now when it is opened, and follow what an operator changes', async () => {
    const [market] = genesis.markets;
    const [, asset] = genesis.assets;
    if (market === undefined || asset === undefined) throw new Error('there is a market and a second asset');
    await update({ ...market, minQuantityLots: market.minQuantityLots + 4 });
    const directory = createDirectory(genesis);
    const entry = directory.market(market.symbol);
    const stop = await followListings(engine, directory);
    expect(entry.listing.minQuantityLots).toBe(market.minQuantityLots + 4);
    await update({ ...market, minQuantityLots: market.minQuantityLots + 7 });
    await update({ ...asset, displayName: 'Renamed' });
    expect(entry.listing.minQuantityLots).toBe(market.minQuantityLots + 7);
    expect(directory.asset(asset.symbol).listing.displayName).toBe('Renamed');
    stop();
    await update(market);
    expect(entry.listing.minQuantityLots).toBe(market.minQuantityLots + 7);
  });

  it('cannot be of something that is not listed', () => {
    const [market] = genesis.markets;
    if (market === undefined) throw new Error('there is a market');
    expect(() => createDirectory(genesis).replaceListing({ ...market, symbol: 'X_USDC' })).toThrow('X_USDC is not listed');
  });
});
