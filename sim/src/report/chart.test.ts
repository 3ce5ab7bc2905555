import { describe, expect, it } from 'vitest';
import { drawChart, readable, roundValues } from './chart.ts';

describe('an axis', () => {
  it.each([
    [0, 9, [0, 2, 4, 6, 8]],
    [-1, 1, [-1, -0.5, 0, 0.5, 1]],
    [1_230_000, 1_980_000, [1_400_000, 1_600_000, 1_800_000]],
  ])('from %d to %d has round values', (min, max, values) => {
    expect(roundValues(min, max)).toEqual(values);
  });
});

describe('a number for people', () => {
  it.each([
    [0, '0'],
    [0.03118, '0.03118'],
    [131.72, '131.7'],
    [4_511.9, '4,512'],
    [12_345_678, '12.35M'],
    [-2_100_000_000, '-2.10bn'],
  ])('%d reads %s', (value, text) => {
    expect(readable(value)).toBe(text);
  });
});

describe('a chart', () => {
  const chart = { title: 'A <b> title', unit: 'USD', note: 'What to see.', isFromZero: true };

  it('says in words what a flat line would', () => {
    expect(drawChart({ ...chart, series: [] })).toContain('Nothing happened here.');
    expect(drawChart({ ...chart, series: [{ name: 'one', seconds: [0, 1], values: [7, 7] }] })).toContain('7 throughout.');
  });

  it('names its lines when there are several, and escapes what it is told', () => {
    const one = { name: 'one', seconds: [0, 60], values: [1, 3_000_000] };
    const two = { name: 'two & more', seconds: [0, 60], values: [2, 1] };
    expect(drawChart({ ...chart, series: [one] })).not.toContain('legend');
    const both = drawChart({ ...chart, series: [one, two] });
    expect(both).toContain('two &amp; more');
    expect(both).toContain('A &lt;b&gt; title');
    expect(both).toContain('>3M<');
    expect(both).toContain('>1:00<');
  });
});
