/** The report of a scenario: one page that needs nothing else, and the same as JSON. Everything in it comes from the run. */
import type { PlayResult } from '../play-scenario.ts';
import { burstFigures } from '../record/burst-times.ts';
import type { Series } from '../record/series.ts';
import type { Scenario } from '../scenario.ts';
import { drawChart, escapeHtml, readable } from './chart.ts';
import { STYLE } from './style.ts';

/** A scenario and what came of it. */
export interface ReportInput {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly form: string;
  readonly layered: PlayResult;
  /** The engine without price layers; null when nothing is compared. */
  readonly bare: PlayResult | null;
}

/** The page. */
export function reportHtml({ scenario, seed, form, layered, bare }: ReportInput): string {
  const { id, title, day } = scenario;
  const held = layered.checks.filter(({ holds }) => holds).length;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(`${id} ${title}`)}</title><style>${STYLE}</style></head><body><main>
<header><p class="id">${id}</p><h1>${escapeHtml(title)}</h1><p class="day">${escapeHtml(day)}</p>
<p class="verdict ${held === layered.checks.length ? 'good' : 'bad'}">${held} of ${layered.checks.length} hold</p></header>
<section><h2>What must hold</h2><ul class="checks">${layered.checks.map(checkItem).join('')}</ul></section>
<section><h2>With and without price layers</h2>${bare === null ? notCompared(scenario) : comparison(layered, bare)}</section>
<section><h2>The run</h2><p class="day">Time runs from the beginning of the play, minutes and seconds.</p>${charts(layered)}</section>
${bare === null ? '' : `<section><h2>The same day without price layers</h2>${bareCharts(bare)}</section>`}
<section><h2>Figures</h2>${figures(layered)}</section>
<footer>${escapeHtml(runLine(layered, seed, form))}</footer></main></body></html>
`;
}

/** The same for programs. */
export function reportJson({ scenario, seed, form, layered, bare }: ReportInput): string {
  const { id, title, day } = scenario;
  return `${JSON.stringify({ id, title, day, seed, form, layered, bare }, null, 1)}\n`;
}

/** One line for the terminal and the foot of the page: what ran, and for how long. */
export function runLine(result: PlayResult, seed: number, form: string): string {
  const { accounts, commands, seconds, playMs, replayMs, stateHash } = result;
  const sizes = `${accounts.toLocaleString('en')} accounts, ${commands.toLocaleString('en')} commands, ${seconds} seconds of venue time`;
  const times = `${(playMs / 1000).toFixed(1)} s, replayed in ${(replayMs / 1000).toFixed(1)} s`;
  return `seed ${seed}, ${form} form: ${sizes} in ${times}; state ${stateHash.slice(0, 16)}`;
}

/** The rows of the comparison, also for the terminal. */
export function comparisonRows(ours: PlayResult, bare: PlayResult): [string, string, string][] {
  // Less than half a cent is the rounding of doubles.
  const usd = (value: number): string => `${readable(Math.abs(value) < 0.005 ? 0 : value)} USD`;
  const closed = ({ tally }: PlayResult): number => Object.values(tally.closedUsd).reduce((sum, one) => sum + one, 0);
  const rows: [string, (result: PlayResult) => string][] = [
    ['accounts liquidated', ({ tally }) => tally.accountsLiquidated.toLocaleString('en')],
    ['closed by force', (result) => usd(closed(result))],
    ['loss beyond the marks', ({ tally }) => usd(tally.beyondMarksUsd)],
    ['loss beyond the index', ({ tally }) => usd(tally.beyondIndexUsd)],
    ['deleveraged', ({ tally }) => usd(tally.closedUsd.deleveraging)],
    ['the fund, at the index', ({ fundUsd }) => `${fundUsd <= -0.005 ? 'lost ' : fundUsd >= 0.005 ? 'won ' : ''}${usd(Math.abs(fundUsd))}`],
    ['bad debt', ({ tally }) => usd(tally.badDebtUsd)],
    ['owed beyond what is owned, at the index', ({ holesUsd }) => usd(holesUsd)],
  ];
  return [
    ...rows.map(([name, told]): [string, string, string] => [name, told(ours), told(bare)]),
    ...ours.figures.flatMap(([name, value]): [string, string, string][] => {
      const theirs = bare.figures.find(([same]) => same === name);
      return theirs === undefined ? [] : [[name, value, theirs[1]]];
    }),
  ];
}

function checkItem({ name, holds, detail }: PlayResult['checks'][number]): string {
  return `<li class="${holds ? 'good' : 'bad'}"><b>${escapeHtml(name)}</b><span>${escapeHtml(detail)}</span></li>`;
}

function notCompared({ notCompared: why = 'This run was not played without them.' }: Scenario): string {
  return `<p class="day">${escapeHtml(why)}</p>`;
}

const VARIANT =
  'The same day on an engine where the mark is the last trade, no band holds a trade back and a liquidation offers the whole position at once. ' +
  'Loss beyond the marks is counted by the marks of each engine; the index is the same for both. What is owed beyond what is owned is a loss that nobody has met by the end, whether or not the engine sees it.';

function comparison(ours: PlayResult, bare: PlayResult): string {
  const cells = comparisonRows(ours, bare).map((row) => row.map(escapeHtml));
  const rows = cells.map(([name, left, right]) => `<tr><th>${name}</th><td>${left}</td><td>${right}</td></tr>`);
  const head = '<thead><tr><th></th><th>with layers</th><th>without</th></tr></thead>';
  return `<p class="day">${VARIANT}</p><table>${head}<tbody>${rows.join('')}</tbody></table>`;
}

/** Lines of a result by their names; a line of a market or stage is called by what follows `prefix`. */
function named({ series }: PlayResult, prefix: string, names: readonly string[]): Series[] {
  return names.flatMap((name) => series.filter((one) => one.name === `${prefix}${name}`).map((one) => ({ ...one, name })));
}

function charts(result: PlayResult): string {
  return [
    ...priceCharts(result, 'The mark moves at a bounded speed towards the index and the book, of which it takes only the premium range.'),
    closedChart(result),
    drawChart({
      title: 'Accounts being liquidated',
      unit: 'accounts',
      note: 'It comes back to zero when each account is back at liquidation-end or has nothing left at risk.',
      series: named(result, '', ['accounts being liquidated']),
      isFromZero: true,
    }),
    ...deleveragingCharts(result),
    ...balanceCharts(result),
    drawChart({
      title: 'Utilisation of USDC',
      unit: 'borrowed / lent',
      note: 'Losses are met by borrowing from the pool; above 0.95 nobody could redeem.',
      series: named(result, '', ['USDC utilisation']),
      isFromZero: true,
    }),
  ].join('\n');
}

function bareCharts(result: PlayResult): string {
  return [
    ...priceCharts(result, 'Here the mark is the last trade, whoever made it.'),
    closedChart(result),
    ...deleveragingCharts(result),
    ...balanceCharts(result),
  ].join('\n');
}

function priceCharts(result: PlayResult, note: string): string[] {
  return result.drawn.map((symbol) => {
    const series = named(result, `${symbol} `, ['index', 'mark', 'last trade', 'middle of the book']);
    return drawChart({ title: symbol, unit: 'USD', note, series, isFromZero: false });
  });
}

function closedChart(result: PlayResult): string {
  const stages = named(result, 'closed by ', ['book', 'collateral', 'backstop', 'fund', 'deleveraging']);
  return drawChart({
    title: 'Closed by force, by stage',
    unit: 'USD, summed up',
    note: 'Book first, then providers, then the fund; deleveraging takes only what none of them did.',
    series: stages.filter(({ values }) => values.some((value) => value > 0)),
    isFromZero: true,
  });
}

function deleveragingCharts(result: PlayResult): string[] {
  const series = named(result, '', ['needed of winners', 'taken from winners']);
  if (series.every(({ values }) => values.every((value) => value === 0))) return [];
  const note = 'Where one line hides the other, not a lot more was taken than was needed.';
  return [drawChart({ title: 'Deleveraging', unit: 'USD at the mark, summed up', note, series, isFromZero: true })];
}

/** One each: beside what providers own a fund would be a line at the bottom. */
function balanceCharts(result: PlayResult): string[] {
  const note = 'A taker earns the charge when it takes a position over, and carries it from then on.';
  return [['The fund', 'fund equity'] as const, ['Backstop providers', 'backstop equity'] as const].flatMap(([title, name]) => {
    const series = named(result, '', [name]);
    return series.length === 0 ? [] : [drawChart({ title, unit: 'USD, positions at the mark', note, series, isFromZero: true })];
  });
}

function figures({ figures: rows, tally, bursts }: PlayResult): string {
  const all: (readonly [string, string])[] = [
    ...rows,
    ...burstFigures(bursts),
    ['times an account was flagged', String(tally.accountsFlagged)],
    ['accounts back at liquidation-end', String(tally.accountsRecovered)],
    ['forced fills', String(tally.forcedFills)],
    ['positions deleveraged', String(tally.deleveragings)],
    ['needed of winners, taken', `${readable(tally.neededUsd)}, ${readable(tally.takenUsd)} USD`],
    ['lots taken beyond need', String(tally.overshootLots)],
    ['receipts written', String(tally.receipts)],
  ];
  return `<table><tbody>${all.map(([name, value]) => `<tr><th>${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`).join('')}</tbody></table>`;
}
