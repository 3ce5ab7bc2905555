import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReceiptAct, ReceiptKind } from '../enums.ts';
import { readScaled, scaleOfStep, writeScaled } from './decimal-scale.ts';
import { decodeReceiptLines, emptyReceiptLines, encodeReceiptLines } from './decode-lines.ts';
import { readExact, writeExact } from './exact-text.ts';
import { readReceiptDocument } from './read-document.ts';
import { hashReceipt } from './receipt-hash.ts';
import type { ReceiptLines } from './receipt-layout.ts';

describe('a double as text', () => {
  it('is written without an exponent and read back to the last bit', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = writeExact(value);
        expect(text).not.toContain('e');
        expect(readExact(text)).toBe(value === 0 ? 0 : value);
      }),
      { seed: 51_001, numRuns: 500 },
    );
    expect(writeExact(1.5e-7)).toBe('0.00000015');
    expect(writeExact(-2.5e21)).toBe('-2500000000000000000000');
    expect(readExact('1.0')).toBeNull();
    expect(readExact('')).toBeNull();
  });
});

describe('a multiple as text', () => {
  it('is read back, and in no other spelling', () => {
    const scale = scaleOfStep('0.05') ?? { units: 0, decimals: 0 };
    expect(scale).toEqual({ units: 5, decimals: 2 });
    expect(writeScaled(-2_901, scale)).toBe('-145.05');
    expect(readScaled('-145.05', scale)).toBe(-2_901);
    for (const other of ['145.06', '145.050', '0145.05', '', '1e2', '145.051']) expect(readScaled(other, scale)).toBeNull();
  });
});

describe('lines of a receipt', () => {
  const lines: ReceiptLines = {
    ...emptyReceiptLines(),
    acts: [
      {
        act: ReceiptAct.Fee,
        counterAccount: 2,
        market: -1,
        asset: 0,
        lots: 0,
        priceTicks: 0,
        atoms: -5,
        feeAtoms: 0,
        orderId: 0,
        tradeId: 0,
        trades: 0,
      },
    ],
    terms: [{ term: 0, value: 3 }],
  };

  it('cross as words', () => {
    expect(decodeReceiptLines(encodeReceiptLines(lines))).toEqual(lines);
    expect(() => decodeReceiptLines(encodeReceiptLines(lines).slice(0, 80))).toThrow('cut short');
  });

  it('are told when they cannot be read', () => {
    const document = {
      id: '1-2',
      number: '1',
      kind: 'BookSlice',
      role: 'Owner',
      stage: '1',
      rules: 'liquidation/1',
      sequence: '1',
      timestampMicros: '5',
      symbol: 'BTC_USDC_PERP',
      asset: null,
      actsOmitted: '0',
      scales: { assets: [{ symbol: 'USDC', decimals: '6' }], markets: [] },
      lines: { parameters: [], assets: [], sources: [], markets: [], positions: [], holdings: [], totals: [], acts: [], terms: [] },
      hash: '',
    };
    expect(readReceiptDocument(document).faults).toEqual(['BTC_USDC_PERP has no scale']);
    expect(hashReceipt({ ...document, hash: 'x' })).toBe(hashReceipt(document));
    expect(hashReceipt({ ...document, kind: 'x' })).not.toBe(hashReceipt(document));
    expect(Object.keys(ReceiptKind)).toContain(document.kind);
  });
});
