/** One chart as SVG: lines over seconds, with an axis a person can read. */
import type { Series } from '../record/series.ts';

/** What a chart shows. */
export interface Chart {
  readonly title: string;
  readonly unit: string;
  readonly series: readonly Series[];
  /** What to look at, in a sentence. */
  readonly note: string;
  /** The axis begins at zero. */
  readonly isFromZero: boolean;
}

const WIDTH = 760;
const HEIGHT = 240;
const LEFT = 78;
const RIGHT = 22;
const TOP = 12;
const BOTTOM = 30;
const POINTS_MAX = 600;
/** Numbered colours of the style sheet. */
const COLOURS = 6;
/** What is in many charts has one colour in all of them. */
const COLOUR_OF: { readonly [name: string]: number } = {
  index: 0,
  mark: 1,
  'last trade': 2,
  'middle of the book': 5,
  book: 0,
  collateral: 5,
  backstop: 2,
  fund: 1,
  deleveraging: 3,
  'fund equity': 1,
  'backstop equity': 2,
};

/** Draws a chart; a sentence in its place when there is nothing to draw. */
export function drawChart(chart: Chart): string {
  const drawn = chart.series.filter(({ values }) => values.length > 0);
  const values = drawn.flatMap((one) => one.values);
  const [first] = values;
  if (first === undefined) return figure(chart, '<p class="none">Nothing happened here.</p>');
  if (values.every((value) => value === first)) return figure(chart, `<p class="none">${readable(first)} throughout.</p>`);
  const seconds = drawn.flatMap((one) => one.seconds);
  const range = valueRange(values, chart.isFromZero);
  const from = seconds.reduce((low, second) => Math.min(low, second), Number.POSITIVE_INFINITY);
  const to = Math.max(
    from + 1,
    seconds.reduce((high, second) => Math.max(high, second), Number.NEGATIVE_INFINITY),
  );
  const x = (second: number): number => LEFT + ((second - from) / (to - from)) * (WIDTH - LEFT - RIGHT);
  const y = (value: number): number => TOP + (1 - (value - range.min) / (range.max - range.min)) * (HEIGHT - TOP - BOTTOM);
  const lines = drawn.map((one, at) => line(one, colourOf(one.name, at), x, y)).join('');
  const legend = drawn.map(({ name }, at) => `<span><i class="b${colourOf(name, at)}"></i>${escapeHtml(name)}</span>`).join('');
  const body = `${valueAxis(range, y)}${timeAxis(from, to, x)}${lines}`;
  return figure(
    chart,
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(chart.title)}">${body}</svg>
${drawn.length > 1 ? `<div class="legend">${legend}</div>` : ''}`,
  );
}

function figure({ title, unit, note }: Chart, body: string): string {
  return `<figure><figcaption>${escapeHtml(title)} <small>${escapeHtml(unit)}</small><p>${escapeHtml(note)}</p></figcaption>
${body}</figure>`;
}

/** Text that is safe inside a page. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** A number for people: 12.3M, 4,210, 0.0312. */
export function readable(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e9) return `${(value / 1e9).toFixed(2)}bn`;
  if (size >= 1e6) return `${(value / 1e6).toFixed(2)}M`;
  if (size >= 1e3) return Math.round(value).toLocaleString('en');
  if (size >= 100) return value.toFixed(1);
  return size === 0 ? '0' : Number(value.toPrecision(4)).toString();
}

function colourOf(name: string, at: number): number {
  return COLOUR_OF[name] ?? at % COLOURS;
}

interface Range {
  readonly min: number;
  readonly max: number;
}

function valueRange(values: readonly number[], isFromZero: boolean): Range {
  const min = values.reduce((low, value) => Math.min(low, value), isFromZero ? 0 : Number.POSITIVE_INFINITY);
  const max = values.reduce((high, value) => Math.max(high, value), isFromZero ? 0 : Number.NEGATIVE_INFINITY);
  const room = (max - min) * 0.05;
  if (max === min) return { min: min - (Math.abs(min) || 1) * 0.01, max: max + (Math.abs(max) || 1) * 0.01 };
  return { min: isFromZero && min === 0 ? 0 : min - room, max: max + room };
}

/** Steps: a value stands until the next. Long lines keep the extremes of each stretch. */
function line(series: Series, colour: number, x: (second: number) => number, y: (value: number) => number): string {
  const points = thin(series).map(([second, value]) => `${x(second).toFixed(1)},${y(value).toFixed(1)}`);
  return `<polyline class="c${colour}" points="${points.join(' ')}"/>`;
}

function thin({ seconds, values }: Series): [number, number][] {
  const stretch = Math.max(1, Math.ceil((2 * values.length) / POINTS_MAX));
  const points: [number, number][] = [];
  for (let from = 0; from < values.length; from += stretch) {
    let low = from;
    let high = from;
    for (let at = from; at < Math.min(values.length, from + stretch); at += 1) {
      if ((values[at] ?? 0) < (values[low] ?? 0)) low = at;
      if ((values[at] ?? 0) > (values[high] ?? 0)) high = at;
    }
    for (const at of low === high ? [low] : [Math.min(low, high), Math.max(low, high)]) points.push([seconds[at] ?? 0, values[at] ?? 0]);
  }
  return points;
}

function valueAxis({ min, max }: Range, y: (value: number) => number): string {
  const values = roundValues(min, max);
  return values
    .map((value) => {
      const height = y(value).toFixed(1);
      const text = axisText(value, Math.abs((values[1] ?? max) - (values[0] ?? min)), Math.max(Math.abs(min), Math.abs(max)));
      return `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${height}" y2="${height}" class="grid"/><text x="${LEFT - 8}" y="${height}" dy="4" text-anchor="end">${text}</text>`;
    })
    .join('');
}

/**
 * Round values inside a range: steps of 1, 2 or 5 times a power of ten, three to eight of them.
 *
 * @example roundValues(0, 9) // [0, 2, 4, 6, 8]
 */
export function roundValues(min: number, max: number): number[] {
  const rough = (max - min) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((one) => one * power >= rough * 0.999) ?? 10);
  const values: number[] = [];
  for (let at = Math.ceil(min / step - 1e-9); at * step <= max + step * 1e-9; at += 1) values.push(at === 0 ? 0 : at * step);
  return values;
}

/** Digits by the step between neighbours, M or k by the largest of the axis. */
function axisText(value: number, step: number, largest: number): string {
  const scale = largest >= 2e6 ? 1e6 : largest >= 2e4 && step >= 100 ? 1e3 : 1;
  const digits = Math.max(0, Math.min(8, -Math.floor(Math.log10(step / scale) + 1e-9)));
  const text = (value / scale).toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return value === 0 ? '0' : `${text}${scale === 1e6 ? 'M' : scale === 1e3 ? 'k' : ''}`;
}

const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_200, 1_800, 3_600, 7_200, 14_400];

function timeAxis(from: number, to: number, x: (second: number) => number): string {
  const step = TIME_STEPS.find((one) => (to - from) / one <= 8) ?? 86_400;
  const texts: string[] = [];
  for (let second = Math.ceil(from / step) * step; second <= to; second += step)
    texts.push(`<text x="${x(second).toFixed(1)}" y="${HEIGHT - 10}" text-anchor="middle">${clock(second)}</text>`);
  return texts.join('');
}

/** Minutes and seconds since the beginning; hours before them when there are any. */
function clock(second: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(second / 3_600), Math.floor((second % 3_600) / 60)];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(second % 60)}` : `${minutes}:${two(second % 60)}`;
}
