/** One chart as SVG: lines over seconds, with an axis a person can read. */
import type { Series } from '../record/series.ts';

/** What a chart shows. */
export interface Chart {
  readonly title: string;
  readonly unit: string;
  readonly series: readonly Series[];
  /** The axis begins at zero. */
  readonly isFromZero: boolean;
}

const WIDTH = 760;
const HEIGHT = 240;
const LEFT = 78;
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 30;
const POINTS_MAX = 600;
const COLOURS = ['#4cc2a0', '#e2a94d', '#7aa2f7', '#e06c75', '#b48ead', '#9aa5b1'];

/** Draws a chart; a sentence in its place when there is nothing to draw. */
export function drawChart({ title, unit, series, isFromZero }: Chart): string {
  const drawn = series.filter(({ values }) => values.length > 0);
  const values = drawn.flatMap((one) => one.values);
  const seconds = drawn.flatMap((one) => one.seconds);
  if (values.length === 0)
    return `<figure><figcaption>${escapeHtml(title)}</figcaption><p class="none">Nothing happened here.</p></figure>`;
  const range = valueRange(values, isFromZero);
  const from = seconds.reduce((low, second) => Math.min(low, second), Number.POSITIVE_INFINITY);
  const to = Math.max(
    from + 1,
    seconds.reduce((high, second) => Math.max(high, second), Number.NEGATIVE_INFINITY),
  );
  const x = (second: number): number => LEFT + ((second - from) / (to - from)) * (WIDTH - LEFT - RIGHT);
  const y = (value: number): number => TOP + (1 - (value - range.min) / (range.max - range.min)) * (HEIGHT - TOP - BOTTOM);
  const lines = drawn.map((one, at) => line(one, at, x, y)).join('');
  const legend = drawn.map(({ name }, at) => `<span><i style="background:${colour(at)}"></i>${escapeHtml(name)}</span>`).join('');
  return `<figure><figcaption>${escapeHtml(title)} <small>${escapeHtml(unit)}</small></figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(title)}">${valueAxis(range, y)}${timeAxis(from, to, x)}${lines}</svg>
<div class="legend">${legend}</div></figure>`;
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
  if (size >= 1e4) return Math.round(value).toLocaleString('en');
  if (size >= 100) return value.toFixed(1);
  return size === 0 ? '0' : Number(value.toPrecision(4)).toString();
}

function colour(at: number): string {
  return COLOURS[at % COLOURS.length] ?? '#9aa5b1';
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
function line(series: Series, at: number, x: (second: number) => number, y: (value: number) => number): string {
  const points = thin(series).map(([second, value]) => `${x(second).toFixed(1)},${y(value).toFixed(1)}`);
  return `<polyline fill="none" stroke="${colour(at)}" stroke-width="1.6" points="${points.join(' ')}"/>`;
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
  return [0, 0.25, 0.5, 0.75, 1]
    .map((share) => min + (max - min) * share)
    .map((value) => {
      const at = y(value).toFixed(1);
      const text = `<text x="${LEFT - 8}" y="${at}" dy="4" text-anchor="end">${axisText(value, max - min)}</text>`;
      return `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at}" y2="${at}" class="grid"/>${text}`;
    })
    .join('');
}

/** Enough digits that neighbours on the axis differ. */
function axisText(value: number, span: number): string {
  const scale = span >= 2e6 ? 1e6 : span >= 2e3 && Math.abs(value) >= 1e6 ? 1e3 : 1;
  const digits = Math.max(0, Math.min(6, 2 - Math.floor(Math.log10(span / scale))));
  const text = (value / scale).toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${text}${scale === 1e6 ? 'M' : scale === 1e3 ? 'k' : ''}`;
}

function timeAxis(from: number, to: number, x: (second: number) => number): string {
  return [0, 0.25, 0.5, 0.75, 1]
    .map((share) => Math.round(from + (to - from) * share))
    .map((second) => `<text x="${x(second).toFixed(1)}" y="${HEIGHT - 10}" text-anchor="middle">${clock(second)}</text>`)
    .join('');
}

function clock(second: number): string {
  return `${Math.floor(second / 60)}:${String(second % 60).padStart(2, '0')}`;
}
