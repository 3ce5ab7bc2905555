import type { EngineLink, PriceSource, Quote, QuoteSink } from '@mochila/ports';
import { type Command, type Outcome, rejects } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { buildGenesis } from './configuration/build-genesis.ts';
import { defaultConfiguration } from './configuration/configuration.ts';
import { encodeQuotes, feedPrices } from './feed-prices.ts';
import { quieten } from './quieten.ts';

const SOURCES = new Map([
  ['one', 0],
  ['two', 1],
]);
const ASSETS = new Map([
  ['USDC', 0],
  ['BTC', 1],
]);

function quote(changes: Partial<Quote> = {}): Quote {
  return { source: 'two', asset: 'BTC', bid: 99.5, ask: 100.5, last: 100, seq: 7, ...changes };
}

function wordsOf(bytes: Uint8Array): number[] {
  return [...new Float64Array(bytes.slice().buffer)];
}

describe('quotes', () => {
  it('become rows of six words', () => {
    expect(wordsOf(encodeQuotes([quote(), quote({ source: 'one', seq: 8 })], SOURCES, ASSETS))).toEqual([
      1, 1, 99.5, 100.5, 100, 7, 0, 1, 99.5, 100.5, 100, 8,
    ]);
  });

  it('of what the venue does not know are left out', () => {
    const bytes = encodeQuotes([quote({ source: 'three' }), quote(), quote({ asset: 'ETH' })], SOURCES, ASSETS);
    expect(wordsOf(bytes)).toEqual([1, 1, 99.5, 100.5, 100, 7]);
    expect(encodeQuotes([quote({ source: 'three' })], SOURCES, ASSETS)).toHaveLength(0);
  });
});

describe('the feed', () => {
  const genesis = buildGenesis(defaultConfiguration(), { venueId: 'v', seed: 1, sandbox: true, createdAtMicros: 0 });
  const known = quote({ source: genesis.prices.sources[0]?.name ?? '', asset: 'BTC' });

  async function startFeed(answer: () => Promise<Outcome>) {
    const given: Command[] = [];
    const faults: string[] = [];
    let sink: QuoteSink = () => undefined;
    const source: PriceSource = {
      start: (to) => {
        sink = to;
        return Promise.resolve();
      },
      stop: () => Promise.resolve(),
    };
    const link: EngineLink = {
      submit: (command) => {
        given.push(command);
        return answer();
      },
      ask: () => Promise.reject(new Error('nothing is asked')),
      follow: () => () => undefined,
      status: () => 'running',
    };
    await feedPrices(source, link, genesis, (reason) => faults.push(reason));
    return { given, faults, give: (...quotes: Quote[]) => sink(quotes) };
  }
  const outcome = (reject: Outcome['reject']): Outcome => ({ seq: 1, timeMicros: 1, reject, result: [], isRepeated: false });

  it('gives what came together as one command', async () => {
    const { given, faults, give } = await startFeed(() => Promise.resolve(outcome(null)));
    give(known, { ...known, asset: 'ETH' });
    expect(given.map(({ name }) => name)).toEqual(['prices']);
    expect(faults).toEqual([]);
  });

  it('says nothing to the engine when it knows none of the quotes', async () => {
    const { given, give } = await startFeed(() => Promise.resolve(outcome(null)));
    give(quote({ source: 'a stranger' }));
    expect(given).toEqual([]);
  });

  it('tells of prices that were refused or lost, and goes on', async () => {
    const answers = [
      () => Promise.resolve(outcome({ code: rejects.maintenance.code, value: 0, limit: 0 })),
      () => Promise.reject(new Error('gone')),
    ];
    const { given, faults, give } = await startFeed(() => answers.shift()?.() ?? Promise.resolve(outcome(null)));
    for (let at = 0; at < 3; at++) give(known);
    await new Promise((resolve) => setImmediate(resolve));
    expect(given).toHaveLength(3);
    expect(faults).toEqual([`prices were refused with code ${rejects.maintenance.code}`, 'gone']);
  });
});

describe('a quiet teller', () => {
  it('says what repeats once a minute, with how often it came', () => {
    const told: string[] = [];
    let nowMs = 0;
    const tell = quieten(
      (message) => told.push(message),
      () => nowMs,
    );
    for (; nowMs < 61_000; nowMs += 1_000) tell('full');
    tell('other');
    tell('full');
    expect(told).toEqual(['full', 'full (and 59 more times)', 'other', 'full']);
  });
});
