/** Receipts with one digit changed: what a verifier has to find. */
import { hashReceipt } from '@mochila/protocol';
import { type Receipt, verifyReceipt } from '@mochila/sdk';

/** A receipt with one digit changed, and where. */
export type Changed = { readonly where: string; readonly receipt: Receipt };

/** Of a text the digit at `digit`, counted among its digits and around, replaced by the next one; null where there is none. */
function withNextDigit(text: string, digit: number): string | null {
  const places = [...text.matchAll(/\d/g)].map(({ index }) => index);
  const at = places[digit % Math.max(1, places.length)];
  return at === undefined ? null : text.slice(0, at) + String((Number(text[at]) + 1) % 10) + text.slice(at + 1);
}

/** Changes one digit of each field of the head and of each cell of the lines, each time in a copy. @param digit which of its digits */
export function* changedDigits(receipt: Receipt, digit: number): Iterable<Changed> {
  for (const [name, value] of Object.entries(receipt)) {
    const text = typeof value === 'string' ? withNextDigit(value, digit) : null;
    if (text !== null) yield { where: name, receipt: { ...receipt, [name]: text } };
  }
  for (const [section, rows] of Object.entries(receipt.lines)) {
    for (const [at, row] of rows.entries()) {
      for (const [column, cell] of Object.entries(row)) {
        const text = typeof cell === 'string' && /^-?\d/.test(cell) ? withNextDigit(cell, digit) : null;
        if (text === null) continue;
        const lines = { ...receipt.lines, [section]: rows.map((one, place) => (place === at ? { ...one, [column]: text } : one)) };
        yield { where: `${section}.${column}`, receipt: { ...receipt, lines } };
      }
    }
  }
}

/** Fields and cells whose changed digit nobody finds. */
export function unfound(changes: Iterable<Changed>): string[] {
  return [...changes].filter(({ receipt }) => verifyReceipt(receipt).isGood).map(({ where }) => where);
}

/** The same changes by somebody who renews the hash. */
export function* renewed(changes: Iterable<Changed>): Iterable<Changed> {
  for (const { where, receipt } of changes) if (where !== 'hash') yield { where, receipt: { ...receipt, hash: hashReceipt(receipt) } };
}
