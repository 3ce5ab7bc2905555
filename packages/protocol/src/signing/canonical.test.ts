import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalOfFields,
  canonicalString,
  encodePairs,
  pairsOfFields,
  pairsOfParameters,
  pairsOfQuery,
  queryOfPairs,
  rawPairsOfQuery,
} from './canonical.ts';
import { stringToSign } from './sign-request.ts';

const time = { timestampMs: 1614550000000, windowMs: 5000 };

describe('canonicalString', () => {
  it('gives the published vector of a cancel', () => {
    const fields = { symbol: 'BTC_USDT', orderId: 28 };
    expect(canonicalString({ instruction: 'orderCancel', parts: [[pairsOfFields(fields)]], ...time })).toBe(
      'instruction=orderCancel&orderId=28&symbol=BTC_USDT&timestamp=1614550000000&window=5000',
    );
  });

  it('needs no parameters', () => {
    expect(canonicalString({ instruction: 'subscribe', parts: [[]], ...time })).toBe(
      'instruction=subscribe&timestamp=1614550000000&window=5000',
    );
  });

  it('repeats the instruction for each order of a batch and writes the time once', () => {
    const body = [
      { symbol: 'SOL_USDC_PERP', side: 'Bid', orderType: 'Limit', price: '141', quantity: '12' },
      { symbol: 'SOL_USDC_PERP', side: 'Bid', postOnly: true, orderType: 'Limit', price: '140', quantity: '11' },
    ];
    expect(stringToSign({ instruction: 'orderExecute', body, ...time })).toBe(
      'instruction=orderExecute&orderType=Limit&price=141&quantity=12&side=Bid&symbol=SOL_USDC_PERP&' +
        'instruction=orderExecute&orderType=Limit&postOnly=true&price=140&quantity=11&side=Bid&symbol=SOL_USDC_PERP&' +
        'timestamp=1614550000000&window=5000',
    );
  });

  it('writes the query first, then the body, each sorted by itself', () => {
    expect(stringToSign({ instruction: 'x', query: { z: 1, y: 2 }, body: { b: 3, a: 4 }, ...time })).toBe(
      'instruction=x&y=2&z=1&a=4&b=3&timestamp=1614550000000&window=5000',
    );
  });

  it('does not depend on the order of the fields', () => {
    const field = fc.tuple(fc.string({ unit: fc.constantFrom(...'abcXYZ'), minLength: 1, maxLength: 4 }), fc.string());
    const fields = fc.uniqueArray(field, { selector: ([name]) => name, maxLength: 8 });
    fc.assert(
      fc.property(fields, fc.nat(), (pairs, turn) => {
        const cut = pairs.length === 0 ? 0 : turn % pairs.length;
        const rotated = [...pairs.slice(cut), ...pairs.slice(0, cut)];
        expect(canonicalString({ instruction: 'x', parts: [[rotated]], ...time })).toBe(
          canonicalString({ instruction: 'x', parts: [[pairs]], ...time }),
        );
      }),
      { seed: 51_006 },
    );
  });
});

describe('canonicalOfFields', () => {
  it('makes what canonicalString makes of the pairs', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'abAB019_é'), minLength: 1, maxLength: 3 });
    const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.constant(undefined), fc.array(fc.integer()));
    fc.assert(
      fc.property(fc.dictionary(letters, value, { maxKeys: 40, noNullPrototype: true }), (fields) => {
        const parts = [[pairsOfFields(fields)]];
        expect(canonicalOfFields({ instruction: 'x', fields, ...time })).toBe(canonicalString({ instruction: 'x', parts, ...time }));
      }),
      { seed: 51_007 },
    );
  });
});

describe('pairs', () => {
  it('writes booleans in lower case, leaves nulls out and nests as compact JSON', () => {
    expect(pairsOfFields({ a: true, b: false, c: null, d: undefined, e: { f: [1, 'g'] }, h: 7 })).toEqual([
      ['a', 'true'],
      ['b', 'false'],
      ['e', '{"f":[1,"g"]}'],
      ['h', '7'],
    ]);
  });

  it('repeats the name of a list parameter', () => {
    expect(pairsOfParameters({ marketType: ['SPOT', 'PERP'], limit: 5, from: null })).toEqual([
      ['marketType', 'SPOT'],
      ['marketType', 'PERP'],
      ['limit', '5'],
    ]);
  });

  it('keeps the spelling of the wire when asked to', () => {
    expect(rawPairsOfQuery('b=50%25&a=x=y&flag&&')).toEqual([
      ['b', '50%25'],
      ['a', 'x=y'],
      ['flag', ''],
    ]);
    expect(pairsOfQuery('b=50%25&a=x=y')).toEqual([
      ['b', '50%'],
      ['a', 'x=y'],
    ]);
  });

  it('encodes everything but unreserved characters, also in ill-formed text', () => {
    expect(encodePairs([["it's", '50% (a+b)*!']])).toEqual([['it%27s', '50%25%20%28a%2Bb%29%2A%21']]);
    expect(encodePairs([['x', '\ud800']])).toEqual([['x', '%EF%BF%BD']]);
  });

  it('comes back from a query string', () => {
    const pair = fc.tuple(fc.string({ minLength: 1 }), fc.string());
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 5 }), (pairs) => {
        expect(pairsOfQuery(queryOfPairs(pairs))).toEqual(pairs);
        expect(rawPairsOfQuery(queryOfPairs(pairs))).toEqual(encodePairs(pairs));
      }),
      { seed: 51_008 },
    );
  });
});
