/** What would happen to the account, as two small tables. */
import type { AccountStress, StressFigures, StressStep } from '@mochila/sdk';
import type { Paint } from './paint.ts';
import { type Column, writeTable } from './table.ts';

const PERCENT = 100;

type Moment = { readonly when: string; readonly figures: StressFigures };

/** Writes the answer. */
export function stressText(shocks: Readonly<Record<string, string>>, answer: AccountStress, paint: Paint): string {
  const moves = Object.entries(shocks).map(([asset, move]) => `${asset} ${signed(Number(move) * PERCENT)} %`);
  const { before, lowest, after, seconds, firstLiquidationSecond, cost, steps, positions, cancelledOrders } = answer;
  const moments = [
    { when: 'before', figures: before },
    { when: 'lowest', figures: lowest },
    { when: `after ${seconds} s`, figures: after },
  ];
  const end =
    firstLiquidationSecond === null
      ? paint.good('The account is not liquidated.')
      : paint.bad(`The liquidation begins after ${firstLiquidationSecond} s and costs ${cost} USDC in fees and charges.`);
  return [
    paint.strong(moves.join(', ')),
    '',
    writeTable(moments, momentColumns(paint), paint, ''),
    '',
    end,
    ...(firstLiquidationSecond === null ? [] : ['', writeTable(steps, STEP_COLUMNS, paint, '')]),
    ...(positions.length === 0 ? [] : ['', `left: ${positions.map(({ symbol, quantity }) => `${quantity} ${symbol}`).join(', ')}`]),
    ...(cancelledOrders === 0 ? [] : [paint.faint(`${cancelledOrders} open orders are left out: a liquidation cancels them first.`)]),
  ].join('\n');
}

function momentColumns(paint: Paint): Column<Moment>[] {
  return [
    { title: '', value: ({ when }) => when },
    { title: 'net equity', value: ({ figures }) => usd(figures.netEquity), isNumber: true },
    { title: 'maintenance', value: ({ figures }) => usd(figures.maintenanceMargin), isNumber: true },
    { title: 'exposure', value: ({ figures }) => usd(figures.exposure), isNumber: true },
    { title: 'fraction', value: ({ figures }) => fraction(figures.marginFraction), isNumber: true },
    { title: '', value: ({ figures }) => (figures.liquidating ? paint.bad('liquidating') : '') },
  ];
}

const STEP_COLUMNS: Column<StressStep>[] = [
  { title: 'second', value: ({ second }) => String(second), isNumber: true },
  { title: 'stage', value: ({ stage }) => (stage === null ? '-' : String(stage)), isNumber: true },
  { title: 'what', value: ({ kind }) => kind },
  { title: 'about', value: ({ symbol, asset }) => symbol ?? asset ?? '-' },
  { title: 'quantity', value: ({ quantity }) => quantity ?? '-', isNumber: true },
  { title: 'price', value: ({ price }) => price ?? '-', isNumber: true },
  { title: 'cost', value: ({ cost }) => cost, isNumber: true },
  { title: 'net equity', value: ({ netEquity }) => usd(netEquity), isNumber: true },
];

function usd(figure: string): string {
  return Number(figure).toFixed(2);
}

function fraction(figure: string | null): string {
  return figure === null ? '-' : `${(Number(figure) * PERCENT).toFixed(2)} %`;
}

function signed(percent: number): string {
  const text = String(Number(percent.toFixed(4)));
  return percent > 0 ? `+${text}` : text;
}
