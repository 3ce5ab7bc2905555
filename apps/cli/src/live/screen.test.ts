import { describe, expect, it } from 'vitest';
import { openScreen } from './screen.ts';

const PICTURE = Array.from({ length: 40 }, (_, at) => `line ${at}`).join('\n');

/** How many lines of a high picture a terminal shows that says it has so many rows. */
function linesShown(rows: number): number {
  const written: string[] = [];
  const write = (text: string | Uint8Array): boolean => {
    written.push(String(text));
    return true;
  };
  const screen = openScreen({ rows, write });
  screen.draw(PICTURE);
  screen.close();
  return written.join('').split('line ').length - 1;
}

describe('a screen', () => {
  it('shows what the terminal has room for', () => {
    expect(linesShown(11)).toBe(10);
  });

  it.each([0, Number.NaN])('takes 24 rows for a terminal that says %s', (rows) => {
    expect(linesShown(rows)).toBe(23);
  });
});
