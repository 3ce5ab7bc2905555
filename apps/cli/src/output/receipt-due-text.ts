/** Why an account was left to the backstop, with the arithmetic. */
import type { Receipt } from '@mochila/sdk';
import { parameterOf, termOf } from './receipt-numbers.ts';

/** The reason of a taking, to follow the name of its stage; empty for receipts that do not tell it. */
export function dueText(receipt: Receipt): string {
  const [share, less] = [parameterOf(receipt, 'backstopMmfShare'), parameterOf(receipt, 'backstopMmfLess')];
  const before = receipt.lines.totals.find(({ moment }) => moment === 'Before');
  if (share === null || less === null || before === undefined) return '';
  const [offered, taken] = [termOf(receipt, 'BookOffered'), termOf(receipt, 'BookTaken')];
  if (offered !== null && taken !== null) {
    const least = percent(Number(parameterOf(receipt, 'bookTakenMin')));
    const seconds = parameterOf(receipt, 'bookSeconds');
    return `, since the book took ${usd(taken)} of ${usd(offered)} offered in ${seconds} s, less than ${least}`;
  }
  const equity = Number(termOf(receipt, 'DueNetEquity') ?? before.netEquity);
  const maintenance = Number(termOf(receipt, 'DueMaintenance') ?? before.maintenanceMargin);
  const exposure = Number(termOf(receipt, 'DueExposure') ?? before.totalExposure);
  const [fraction, margin] = [equity / exposure, maintenance / exposure];
  const bound = Math.max(margin * Number(share), margin - Number(less));
  return `, since the margin fraction ${percent(fraction)} was at most max(${Number(share)} * ${percent(margin)}, ${percent(margin)} - ${percent(Number(less))}) = ${percent(bound)}`;
}

function percent(fraction: number): string {
  return `${Number((fraction * 100).toPrecision(3))} %`;
}

function usd(figure: string): string {
  return `${Number(figure).toFixed(2)} USD`;
}
