/** Tables for people: aligned, with a line of titles. */
import { type Paint, visible } from './paint.ts';

/** A column. */
export type Column<Row> = {
  readonly title: string;
  readonly value: (row: Row) => string;
  /** Numbers are put to the right. */
  readonly isNumber?: boolean;
};

/**
 * Writes a table.
 *
 * @param nothing said in place of a table without rows
 */
export function writeTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[], paint: Paint, nothing: string): string {
  if (rows.length === 0) return nothing;
  const cells = rows.map((row) => columns.map(({ value }) => value(row)));
  const widths = columns.map(({ title }, at) => Math.max(title.length, ...cells.map((line) => visible(line[at] ?? '').length)));
  const writeLine = (line: readonly string[]): string =>
    line
      .map((cell, at) => pad(cell, widths[at] ?? 0, columns[at]?.isNumber === true))
      .join('  ')
      .trimEnd();
  return [paint.faint(writeLine(columns.map(({ title }) => title))), ...cells.map(writeLine)].join('\n');
}

/** Writes names and values, one a line. */
export function writeFacts(facts: readonly (readonly [name: string, value: string])[], paint: Paint): string {
  const width = Math.max(...facts.map(([name]) => name.length));
  return facts.map(([name, value]) => `${paint.faint(name.padEnd(width))}  ${value}`).join('\n');
}

function pad(cell: string, width: number, isNumber: boolean): string {
  const spaces = ' '.repeat(Math.max(0, width - visible(cell).length));
  return isNumber ? spaces + cell : cell + spaces;
}
