import { readFileSync } from 'node:fs';
import { parseReceipt, verifyReceipt } from '@mochila/sdk';
import { expect, it } from 'vitest';
import { createPaint } from './paint.ts';
import { receiptText, verdictText } from './receipt-text.ts';

const paint = createPaint({ isTerminal: false, environment: {} });
const text = readFileSync(new URL('../testing/book-slice.json', import.meta.url), 'utf8');

it('tells a slice in about ten lines, with the arithmetic', () => {
  const story = receiptText(parseReceipt(text), paint);
  expect(story.split('\n').length).toBeLessThanOrEqual(12);
  expect(story).toContain('57641.60 USD * 1.250 % = margin 720.52 USD');
  expect(story).toContain('net equity 711.60 USD < maintenance margin 720.52 USD');
  expect(story).toContain('sold 0.05 BTC_USDC_PERP at 57500, fee 8.984375');
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
