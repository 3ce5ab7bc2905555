/** The report of a scenario: one page that needs nothing else, and the same as JSON. Everything in it comes from the run. */
import type { PlayResult } from '../play-scenario.ts';
import type { Tally } from '../record/recorder.ts';
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
${bare === null ? '' : `<section><h2>What the protection saves</h2>${comparison(layered.tally, bare.tally)}</section>`}
<section><h2>The run</h2>${charts(layered)}</section>
${bare === null ? '' : `<section><h2>The same day without price layers</h2>${charts(bare)}</section>`}
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
export function comparisonRows(ours: Tally, bare: Tally): [string, string, string][] {
  const usd = (value: number): string => `${readable(value)} USD`;
  const closed = (tally: Tally): number => Object.values(tally.closedUsd).reduce((sum, one) => sum + one, 0);
  return [
    ['accounts liquidated', String(ours.accountsLiquidated), String(bare.accountsLiquidated)],
    ['closed by force', usd(closed(ours)), usd(closed(bare))],
    ['given away beyond the marks', usd(ours.beyondMarksUsd), usd(bare.beyondMarksUsd)],
    ['deleveraged', usd(ours.closedUsd.deleveraging), usd(bare.closedUsd.deleveraging)],
    ['bad debt', usd(ours.badDebtUsd), usd(bare.badDebtUsd)],
  ];
}

function checkItem({ name, holds, detail }: PlayResult['checks'][number]): string {
  return `<li class="${holds ? 'good' : 'bad'}"><b>${escapeHtml(name)}</b><span>${escapeHtml(detail)}</span></li>`;
}

function comparison(ours: Tally, bare: Tally): string {
  const rows = comparisonRows(ours, bare).map(([name, left, right]) => `<tr><th>${name}</th><td>${left}</td><td>${right}</td></tr>`);
  return `<table><thead><tr><th></th><th>with layers</th><th>mark = last trade, no bands, all at once</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function charts({ series, drawn }: PlayResult): string {
  const named = (names: readonly string[]): Series[] => series.filter(({ name }) => names.includes(name));
  const prices = drawn.map((symbol) =>
    drawChart({
      title: symbol,
      unit: 'USD',
      series: named([`${symbol} index`, `${symbol} mark`, `${symbol} last trade`]),
      isFromZero: false,
    }),
  );
  const closed = series.filter(({ name, values }) => name.startsWith('closed by ') && values.some((value) => value > 0));
  const balances = series.filter(({ name }) => name === 'fund equity' || name.startsWith('backstop'));
  return [
    ...prices,
    drawChart({ title: 'Closed by force, by stage', unit: 'USD, summed up', series: closed, isFromZero: true }),
    drawChart({ title: 'Accounts being liquidated', unit: 'accounts', series: named(['accounts being liquidated']), isFromZero: true }),
    drawChart({ title: 'Fund and backstop', unit: 'USD', series: balances, isFromZero: false }),
    drawChart({ title: 'Utilisation of USDC', unit: 'borrowed / lent', series: named(['USDC utilisation']), isFromZero: true }),
  ].join('\n');
}

function figures({ figures: rows, tally }: PlayResult): string {
  const all: (readonly [string, string])[] = [
    ...rows,
    ['times an account was flagged', String(tally.accountsFlagged)],
    ['accounts back at liquidation-end', String(tally.accountsRecovered)],
    ['forced fills', String(tally.forcedFills)],
    ['positions deleveraged, lots beyond need', `${tally.deleveragings}, ${tally.overshootLots}`],
    ['receipts written', String(tally.receipts)],
  ];
  return `<table><tbody>${all.map(([name, value]) => `<tr><th>${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`).join('')}</tbody></table>`;
}
