import { readFileSync } from 'node:fs';
import { ReceiptKind } from '@mochila/protocol';
import { parseReceipt, verifyReceipt } from '@mochila/sdk';
import { describe, expect, it } from 'vitest';
import { createPaint } from './paint.ts';
import { receiptText, verdictText } from './receipt-text.ts';

const paint = createPaint({ isTerminal: false, environment: {} });
/** Of version 1: what was written then is verified by what was told then. */
const text = readFileSync(new URL('../testing/book-slice.json', import.meta.url), 'utf8');

it('tells a slice in about ten lines, with the arithmetic', () => {
  const story = receiptText(parseReceipt(text), paint);
  expect(story.split('\n').length).toBeLessThanOrEqual(12);
  expect(story).toContain('57641.60 USD * 1.250 % = margin 720.52 USD');
  expect(story).toContain('net equity 711.60 USD < maintenance margin 720.52 USD');
  expect(story).toContain('sold 0.05 BTC_USDC_PERP at 57500, fee 8.984375');
});

describe('a receipt of every kind, from a running venue', () => {
  const all: readonly unknown[] = JSON.parse(readFileSync(new URL('../testing/receipts.json', import.meta.url), 'utf8'));
  const receipts = all.map((one) => parseReceipt(JSON.stringify(one)));

  it('is there', () => {
    expect([...new Set(receipts.map(({ kind }) => kind))].sort()).toEqual(Object.keys(ReceiptKind).sort());
  });

  it.each(receipts.map((receipt) => [`${receipt.kind} ${receipt.role} ${receipt.symbol ?? receipt.asset ?? ''}`, receipt] as const))(
    'is a story of about ten lines that says why: %s',
    (_, receipt) => {
      const story = receiptText(receipt, paint);
      expect(story.split('\n').length).toBeLessThanOrEqual(13);
      expect(story).not.toMatch(/NaN|undefined|null/);
      expect(story).toMatch(receipt.role === 'Owner' ? /^rule {4}\S/m : /Another account could not pay/);
      expect(verdictText(verifyReceipt(receipt), paint)).toMatch(/Everything matches\.$/);
    },
  );

  it('has the arithmetic of its rule', () => {
    const storyOf = (kind: string): string =>
      receipts
        .filter((one) => one.kind === kind)
        .map((one) => receiptText(one, paint))
        .join('\n');
    expect(storyOf('BookSlice')).toContain('20 % of 0.9 at the trigger, less when less is left: 0.18 offered, at 99 % of');
    expect(storyOf('BackstopTransfer')).toContain('18 needed to reach 1.1 * margin');
    expect(storyOf('CollateralSale')).toMatch(/debt of 20000\.\d+ USDC as if settled: 20000\.00 USD \* 6\.000 % = margin 1200\.00 USD/);
    expect(storyOf('Deleveraging')).toMatch(/its share of the deficit, [\d.]+ USDC over \d/);
    expect(storyOf('DebtNote')).toMatch(/debt note written [1-9][\d.]* USDC/);
    expect(storyOf('SettlementBorrow')).toMatch(/^before {2}USDC free 0, lent 0, debt \d[\s\S]*^after {3}USDC/m);
  });
});

describe('a receipt of a taking', () => {
  const all: readonly unknown[] = JSON.parse(readFileSync(new URL('../testing/takings.json', import.meta.url), 'utf8'));
  const stories = all.map((one) => receiptText(parseReceipt(JSON.stringify(one)), paint));

  it('says why the account was left to providers and fund', () => {
    expect(stories[0]).toContain('since the book took 0.00 USD of 875117.71 USD offered in 10 s, less than 10 %');
    expect(stories[1]).toContain('since the margin fraction 5.38 % was at most max(0.5 * 12 %, 12 % - 6 %) = 6 %');
    expect(stories[2]).toContain('neither providers nor the fund may take more');
  });

  it('adds up what several of them took, and speaks of want of room only where there was', () => {
    expect(stories[0]).toContain('14898900 needed to reach 1.1 * margin; at the worse');
    expect(stories[0]).toContain('bought 14898900 THIN_USDC_PERP at 0.0132 in 4 parts, fee 0');
    expect(stories[0]).toContain('charge paid 11799.928799 USDC in 4 parts');
    for (const story of stories) expect(story.split('\n').length).toBeLessThanOrEqual(13);
  });

  it('can be computed again', () => {
    for (const one of all) expect(verifyReceipt(parseReceipt(JSON.stringify(one))).isGood).toBe(true);
  });
});

it('says that everything matches, and what does not', () => {
  expect(verdictText(verifyReceipt(parseReceipt(text)), paint)).toMatch(/Everything matches\.$/);
  const changed = verifyReceipt(parseReceipt(text.replace('"8.984375"', '"8.984376"')));
  expect(changed.isGood).toBe(false);
  expect(verdictText(changed, paint)).toMatch(/WRONG {3}acts[\s\S]*USDC as if settled[\s\S]*This receipt does not match\.$/);
});

it('refuses what is no receipt', () => {
  expect(() => parseReceipt('{"id":"1-2"}')).toThrow('not the shape of a receipt');
  expect(() => parseReceipt('no')).toThrow('This is no JSON');
});
