import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DecimalReason, formatDecimal, parseDecimal } from './decimal.ts';

const RUNS = { numRuns: 1_000, seed: 20_005 };

describe('parseDecimal', () => {
  it('reads what fits, exactly', () => {
    const cases: readonly (readonly [string, number, number])[] = [
      ['0', 6, 0],
      ['-0', 6, 0],
      ['-0.000', 2, 0],
      ['1', 0, 1],
      ['1.5', 6, 1_500_000],
      ['1.500000000', 6, 1_500_000],
      ['-0.000001', 6, -1],
      ['007.25', 2, 725],
      ['9007199254740991', 0, 9_007_199_254_740_991],
      ['9007199254.740991', 6, 9_007_199_254_740_991],
    ];
    for (const [text, decimals, value] of cases) expect(parseDecimal(text, decimals)).toStrictEqual({ ok: true, value });
  });

  it('refuses everything else, and says why', () => {
    const malformed = [
      '',
      ' ',
      '1 ',
      ' 1',
      '+1',
      '.5',
      '5.',
      '-',
      '1e3',
      '1E3',
      '0x1',
      'NaN',
      'Infinity',
      '1,5',
      '1_000',
      '--1',
      '1.2.3',
      '1\n',
      '\u0661',
    ];
    const cases: (readonly [string, number, DecimalReason])[] = malformed.map((text) => [text, 6, 'malformed']);
    cases.push(['1'.repeat(65), 0, 'tooLong'], ['1.0000001', 6, 'tooPrecise'], ['0.1', 0, 'tooPrecise']);
    cases.push(['9007199254740992', 0, 'outOfRange'], ['9007199254740993', 0, 'outOfRange'], ['-9007199254740992', 0, 'outOfRange']);
    cases.push(['10000000000', 6, 'outOfRange'], ['9'.repeat(64), 0, 'outOfRange']);
    for (const [text, decimals, reason] of cases) expect(parseDecimal(text, decimals)).toStrictEqual({ ok: false, reason });
  });

  it('reads back what was written, in the shortest form', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 0, max: 18 }), (value, decimals) => {
        const text = formatDecimal(value, decimals);
        expect(parseDecimal(text, decimals)).toStrictEqual({ ok: true, value: value + 0 });
        expect(text).not.toMatch(/\.\d*0$|\.$/);
      }),
      RUNS,
    );
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), fc.integer({ min: 0, max: 18 }), (text, decimals) => {
        const parsed = parseDecimal(text, decimals);
        if (parsed.ok) expect(text).toMatch(/^-?\d+(\.\d+)?$/);
        else expect(['malformed', 'tooLong', 'tooPrecise', 'outOfRange']).toContain(parsed.reason);
      }),
      RUNS,
    );
  });
});

describe('formatDecimal', () => {
  it('writes the fewest digits that are exact', () => {
    expect(formatDecimal(1_500_000, 6)).toBe('1.5');
    expect(formatDecimal(-1, 6)).toBe('-0.000001');
    expect(formatDecimal(0, 6)).toBe('0');
    expect(formatDecimal(-0, 6)).toBe('0');
    expect(formatDecimal(100, 0)).toBe('100');
    expect(formatDecimal(100, 2)).toBe('1');
    expect(formatDecimal(12_345_678_901_234_567_890n, 6)).toBe('12345678901234.56789');
  });
});
