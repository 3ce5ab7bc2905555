/** What each column of a receipt is: which scale writes it, or which closed set its words come from. */
import { PriceGrade, ReceiptAct, ReceiptTerm } from '../enums.ts';
import { MarkRule, ReceiptMoment, type ReceiptSection } from './receipt-layout.ts';
import { RECEIPT_PARAMETERS } from './receipt-parameters.ts';

/** Kind of a column. */
export type ColumnUnit = 'exact' | 'lots' | 'ticks' | 'atoms' | 'flag' | 'asset' | 'market' | 'source' | 'counter' | 'word' | 'term';

/** Kind of a column of a section. */
export function columnUnit(section: ReceiptSection, column: string): ColumnUnit {
  if (section === 'terms' && column === 'value') return 'term';
  if (column === 'lots' || column.endsWith('Lots')) return 'lots';
  if (column.endsWith('Ticks')) return 'ticks';
  if (column === 'atoms' || column.endsWith('Atoms')) return 'atoms';
  if (column.startsWith('is')) return 'flag';
  if (column === 'asset' || column === 'underlying') return 'asset';
  if (column === 'market' || column === 'source') return column;
  if (column === 'counterAccount') return 'counter';
  return Object.hasOwn(WORDS, column) ? 'word' : 'exact';
}

const PARAMETERS: Readonly<Record<string, number>> = Object.fromEntries(RECEIPT_PARAMETERS.map((name, at) => [name, at]));

/** Closed sets by column. */
export const WORDS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  parameter: PARAMETERS,
  grade: PriceGrade,
  markRule: MarkRule,
  moment: ReceiptMoment,
  act: ReceiptAct,
  term: ReceiptTerm,
  weightKind: { Identity: 0, InverseSqrt: 1 },
};

/** Unit of the value of a term: sizes are lots of the receipt's market, or atoms of its asset where it has none. */
export function termUnit(term: number): 'size' | 'ticks' | 'usdc' | 'asset' | 'exact' {
  switch (term) {
    case ReceiptTerm.SizeAtTrigger:
    case ReceiptTerm.Offered:
    case ReceiptTerm.NeededLots:
    case ReceiptTerm.TakenLots:
      return 'size';
    case ReceiptTerm.PriceBeforeClamp:
      return 'ticks';
    case ReceiptTerm.ChargeAtoms:
    case ReceiptTerm.DeficitAtoms:
    case ReceiptTerm.DeficitShareAtoms:
      return 'usdc';
    case ReceiptTerm.WholeAtoms:
      return 'asset';
    default:
      return 'exact';
  }
}
