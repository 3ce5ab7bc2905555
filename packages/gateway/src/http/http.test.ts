import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../errors/api-error.ts';
import { JSON_DEPTH_MAX, parseJson } from './parse-json.ts';
import { parseQuery, rawQueryOf } from './parse-query.ts';

describe('parseJson', () => {
  it('agrees with the built-in parser on everything of bounded depth', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => {
        expect(parseJson(text)).toEqual({ value: JSON.parse(text) });
      }),
      { seed: 60_003 },
    );
  });

  it('never throws, whatever the text', () => {
    const bracket = fc.constantFrom('{', '}', '[', ']', '"', '\\', ':', ',', '1', 'a', '\n');
    fc.assert(
      fc.property(fc.string({ unit: bracket, maxLength: 60 }), (text) => {
        const parsed = parseJson(text);
        if (parsed instanceof ApiError) expect(parsed.status).toBe(400);
        else expect(parsed.value).toEqual(JSON.parse(text));
      }),
      { seed: 60_004 },
    );
  });

  it('allows nesting up to the bound', () => {
    const nested = (depth: number) => parseJson('['.repeat(depth) + ']'.repeat(depth));
    expect(nested(JSON_DEPTH_MAX)).not.toBeInstanceOf(ApiError);
    expect(nested(JSON_DEPTH_MAX + 1)).toMatchObject({ message: 'Invalid body: it is nested deeper than 16 levels' });
  });

  it('does not count brackets inside strings', () => {
    const text = JSON.stringify({ note: '[{'.repeat(100), quote: '\\"[[[[[[[[[[[[[[[[[[[[[[' });
    expect(parseJson(text)).toEqual({ value: JSON.parse(text) });
  });
});

describe('parseQuery', () => {
  it('decodes names and values and gathers repeated ones', () => {
    expect({ ...parseQuery('a=1&b=50%25+x&b=3&b=4&c') }).toEqual({ a: '1', b: ['50% x', '3', '4'], c: '' });
  });

  it('cannot reach a prototype', () => {
    const values = parseQuery('__proto__=x&constructor=y');
    expect(Object.keys(values)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(values)).toBeNull();
  });

  it('is taken off the first question mark', () => {
    expect([rawQueryOf('/a'), rawQueryOf('/a?'), rawQueryOf('/a?b=c?d')]).toEqual(['', '', 'b=c?d']);
  });
});
