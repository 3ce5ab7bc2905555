/** What a benchmark says: one number with the floor it must hold and the aim, and how it reads in a table. */

/** A measured number. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  /** Unit behind the number, as 'x', 'ms', 'M/s'. */
  readonly unit: string;
  /** Least that is acceptable (most, when less is better); null for a number that is only told. */
  readonly floor: number | null;
  readonly aim: number | null;
  readonly isLessBetter: boolean;
  /** Absolute numbers and circumstances. */
  readonly note: string;
}

/** A figure where more is better. */
export function figure(name: string, value: number, unit: string, floor: number | null, aim: number | null, note = ''): Figure {
  return { name, value, unit, floor, aim, isLessBetter: false, note };
}

/** A figure where less is better. */
export function cost(name: string, value: number, unit: string, floor: number | null, aim: number | null, note = ''): Figure {
  return { name, value, unit, floor, aim, isLessBetter: true, note };
}

/** How a figure stands to its floor and aim. */
export function verdictOf({ value, floor, aim, isLessBetter }: Figure): string {
  const reaches = (bound: number): boolean => (isLessBetter ? value <= bound : value >= bound);
  if (floor === null) return '';
  if (aim !== null && reaches(aim)) return 'aim reached';
  return reaches(floor) ? 'floor held' : 'BELOW FLOOR';
}

/** True when the figure is worse than the floor by more than a factor of two, or has no floor to hold. */
export function isBelowHalf({ value, floor, isLessBetter }: Figure): boolean {
  if (floor === null) return false;
  return isLessBetter ? value > floor * 2 : value < floor / 2;
}

/** Figures as a Markdown table. */
export function formatFigures(figures: readonly Figure[]): string {
  const rows = figures.map((each) => [
    each.name,
    `${shortNumber(each.value)} ${each.unit}`,
    each.floor === null ? '' : String(each.floor),
    each.aim === null ? '' : String(each.aim),
    verdictOf(each),
    each.note,
  ]);
  const head = ['what', 'measured', 'floor', 'aim', 'verdict', 'note'];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function shortNumber(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
