/** What a receipt does not stand on it does not say: 0 in its place, and no parameter of another kind. */
import {
  MarkRule,
  RECEIPT_PARAMETERS,
  type ReceiptDocument,
  ReceiptKind,
  type ReceiptNumbers,
  type ReceiptRow,
  receiptParametersOf,
} from '@mochila/protocol';
import type { Checks } from './checks.ts';

const PART = 'unused';

/** Checks a receipt of version 2 or later. */
export function checkUnused({ kind }: ReceiptDocument, numbers: ReceiptNumbers, checks: Checks): void {
  const { lines, assets, markets } = numbers;
  const kinds: Readonly<Record<string, number>> = ReceiptKind;
  const wanted = receiptParametersOf(kinds[kind] ?? -1, numbers.version);
  const told = lines.parameters.map(({ parameter }) => RECEIPT_PARAMETERS[parameter]);
  const isSame = told.length === wanted.length && wanted.every((name, at) => told[at] === name);
  checks.holds(PART, 'parameters', isSame, `those of its kind: ${wanted.join(', ')}`);
  for (const line of lines.assets)
    checks.equal(PART, `${assets[line.asset]?.symbol} numbers`, sumOfUnused(unusedOfAsset(numbers, line)), 0);
  for (const line of lines.markets) {
    checks.equal(PART, `${markets[line.market]?.symbol} numbers`, sumOfUnused(unusedOfMarket(numbers, line)), 0);
  }
}

function sumOfUnused(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + Math.abs(value), 0);
}

function unusedOfAsset({ lines }: ReceiptNumbers, line: ReceiptRow<'assets'>): number[] {
  const own = lines.holdings.filter(({ asset }) => asset === line.asset);
  const isOwned = own.some(({ asSettledAtoms }) => asSettledAtoms >= 0);
  const isOwed = own.some(({ asSettledAtoms }) => asSettledAtoms < 0);
  const isMoved = line.markRule === MarkRule.Stepped;
  return [
    ...(isMoved || line.markRule === MarkRule.Held ? [] : [line.markBefore]),
    ...(isMoved ? [] : [line.seconds, line.stepPerSecond]),
    ...(isOwned ? [] : [line.weightKind, line.weight, line.weightBase, line.weightPenalty]),
    ...(isOwed ? [] : [line.borrowMmfBase, line.borrowMmfFactor]),
  ];
}

function unusedOfMarket({ lines }: ReceiptNumbers, line: ReceiptRow<'markets'>): number[] {
  const isMoved = line.markRule === MarkRule.Stepped;
  const isSmoothed = isMoved || line.markRule === MarkRule.Index;
  return [
    ...(isMoved || line.markRule === MarkRule.Held ? [] : [line.markBefore]),
    ...(isMoved ? [] : [line.stepPerSecond]),
    ...(isSmoothed ? [] : [line.seconds, line.isMidCounted, line.ewmaBefore, line.ewma]),
    ...(line.isMidCounted === 1 ? [] : [line.mid]),
    ...(lines.positions.some(({ market }) => market === line.market) ? [] : [line.mmfBase, line.mmfFactor]),
  ];
}
