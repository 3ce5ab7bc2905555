import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonTextFault, parseJsonText } from './json-text.ts';

describe('a JSON text', () => {
  it('has the value that the language gives it, however it is laid out', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(parseJsonText(text).value).toEqual(JSON.parse(text));
      }),
      { seed: 11 },
    );
  });

  it('is refused exactly where the language refuses it, names that stand twice apart', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"b"',
      '1',
      '-',
      '01',
      '1.',
      '1e5',
      'true',
      'nul',
      'null',
      ' ',
      '\n',
      '"\\x"',
      '"\t"',
      '"\\t"',
      '"',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join('');
        expect(isJson(text)).toBe(isLanguageJson(text));
      }),
      { seed: 12, numRuns: 2_000 },
    );
  });

  it('knows line and column of each value', () => {
    const { positions } = parseJsonText('{\n  "a": [1,\n    {"b": true}]\n}');
    expect(positions.get('a')).toEqual({ line: 2, column: 8 });
    expect(positions.get('a[1].b')).toEqual({ line: 3, column: 11 });
  });

  it('that is deeper than any configuration is refused', () => {
    expect(() => parseJsonText('['.repeat(100))).toThrow(JsonTextFault);
  });
});

function isJson(text: string): boolean {
  try {
    parseJsonText(text);
    return true;
  } catch (error) {
    if (error instanceof JsonTextFault) return error.message.includes('stands twice');
    throw error;
  }
}

function isLanguageJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
