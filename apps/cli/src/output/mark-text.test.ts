import type { MarkExplanation } from '@mochila/sdk';
import { describe, expect, it } from 'vitest';
import { markText } from './mark-text.ts';
import { createPaint } from './paint.ts';

const PAINT = createPaint({ isTerminal: false, environment: {} });

function explained(changes: Partial<MarkExplanation> = {}): MarkExplanation {
  return {
    symbol: 'BTC_USDC_PERP',
    marketType: 'PERP',
    sources: [
      source('one', '60000', true),
      { ...source('two', '36000', true), clamped: '59400' },
      { ...source('three', '60000', false), clamped: null, ageMs: 12_345 },
    ],
    median: '60000',
    clampFraction: '0.01',
    freshSources: 4,
    freshSourcesMin: 3,
    indexPrice: '59850',
    grade: 'Good',
    redemption: null,
    mid: '59900',
    isMidCounted: true,
    impactNotional: '10000',
    ewmaBefore: '1.1',
    ewma: '1.2',
    layer1: '59851.2',
    premiumBound: '0.01',
    layer2: '59851.2',
    isClamped: false,
    markBefore: '59850.9',
    stepPerSecond: '0.005',
    seconds: 1,
    layer3: '59851.2',
    isStepBound: false,
    rule: 'Stepped',
    markPrice: '59851.2',
    orderBookState: 'Open',
    isReduceOnly: false,
    isLimitOnly: false,
    assetMarkPrice: '59850',
    stablePrice: '59900',
    ...changes,
  };
}

function source(name: string, price: string, isFresh: boolean): MarkExplanation['sources'][number] {
  return {
    source: name,
    quote: 'USD',
    bid: price,
    ask: price,
    last: price,
    quoteUsd: '1',
    price,
    clamped: price,
    weight: '1',
    ageMs: 400,
    isFresh,
  };
}

describe('the story of a mark', () => {
  it('has a line for each source and each layer', () => {
    expect(markText(explained(), PAINT).split('\n')).toEqual([
      'BTC_USDC_PERP  mark 59851.2  good  Open',
      '',
      'source         bid    ask   last  in USD  counts as  weight     age',
      'one (USD)    60000  60000  60000   60000      60000       1   0.4 s  fresh',
      'two (USD)    36000  36000  36000   36000      59400       1   0.4 s  fresh',
      'three (USD)  60000  60000  60000   60000          -       1  12.3 s  stale',
      '',
      'index         59850  mean of 4 fresh sources, each within 1 % of their median 60000',
      '1 premium     59851.2  index + 1.2, the five-minute average of mid - index; mid 59900 counts',
      '2 range       59851.2  within 1 % of the index; not bound',
      '3 step        59851.2  from 59850.9 by at most 0.5 % a second, 1 s; not bound',
      '4 mark        59851.2  in whole ticks',
      'stable price  59900',
    ]);
  });

  it.each([
    ['a held index', { freshSources: 2, grade: 'Degraded' }, 'held: 2 fresh sources, it takes 3'],
    ['a thin book', { isMidCounted: false, mid: null }, 'mid none does not count: it takes 10000 USD on both sides'],
    ['a bound range', { isClamped: true }, 'within 1 % of the index; held there'],
    ['a bound step', { isStepBound: true, isLimitOnly: true, orderBookState: 'LimitOnly' }, 'LimitOnly (step and range conflict)'],
    [
      'a stale index',
      { rule: 'Held', isReduceOnly: true, grade: 'Stale' },
      'the index is stale, so the last mark is held and the market is reduce-only',
    ],
    ['a post-only book', { rule: 'Index', orderBookState: 'PostOnly' }, 'the book is post-only, so the mark is the index'],
    ['no price yet', { markPrice: null, indexPrice: null, layer3: null, rule: 'Held', sources: [] }, 'No source has spoken of it.'],
  ] satisfies [string, Partial<MarkExplanation>, string][])('says so: %s', (_what, changes, words) => {
    expect(markText(explained(changes), PAINT)).toContain(words);
  });

  it('of a wrapped asset is its rate, and what its own book does', () => {
    const redemption = {
      underlying: 'SOL',
      underlyingIndex: '150',
      rate: '1.2',
      listedRate: '1.3',
      bookPrice: '90',
      bookDiscount: '0.125',
    };
    const text = markText(explained({ marketType: 'SPOT', symbol: 'MSOL_USDC', indexPrice: '180', redemption }), PAINT);
    expect(text).toContain(
      '180  1.2 SOL at 150, on its way to 1.3 by 1 % an hour; its own book trades lower, so new risk counts it 12.5 % less',
    );
    expect(text).not.toContain('premium');
  });
});
