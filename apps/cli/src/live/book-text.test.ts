import { describe, expect, it } from 'vitest';
import { createPaint } from '../output/paint.ts';
import { drawBook } from './book-text.ts';

const plain = createPaint({ isTerminal: false, environment: {} });
const book = {
  symbol: 'SOL_USDC',
  bids: [
    { price: '99.5', quantity: '4' },
    { price: '99', quantity: '1' },
  ],
  asks: [
    { price: '100', quantity: '2' },
    { price: '100.5', quantity: '8' },
  ],
  levels: 2,
  width: 30,
  remark: 'live',
};

describe('a drawn book', () => {
  it('has the asks above the bids, the best in the middle, bars as long as the quantities', () => {
    expect(drawBook(book, plain).split('\n')).toEqual([
      'SOL_USDC  live',
      '   price  quantity',
      '   100.5         8  ██████████',
      '   100.0         2  ███',
      '     0.5  spread, 50.3 bp',
      '    99.5         4  █████',
      '    99.0         1  █',
    ]);
  });

  it('says when a side is empty', () => {
    expect(drawBook({ ...book, asks: [] }, plain)).toContain('one side is empty');
    expect(drawBook({ ...book, asks: [], bids: [] }, plain)).toContain('the book is empty');
  });

  it('has colours only in a terminal that wants them', () => {
    const colour = String.fromCharCode(27);
    expect(drawBook(book, createPaint({ isTerminal: true, environment: {} }))).toContain(colour);
    expect(drawBook(book, createPaint({ isTerminal: true, environment: { NO_COLOR: '1' } }))).not.toContain(colour);
  });
});
