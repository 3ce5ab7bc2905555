/** The text in which a page says where the next one goes on. */
import type { RowPlace } from '@mochila/protocol';

const SHAPE = /^(\d{1,16})\.(\d{1,10})$/;

/**
 * Writes the place of a row.
 *
 * @example formatHistoryCursor({ seq: 17, ix: 3 }) // '17.3'
 */
export function formatHistoryCursor({ seq, ix }: RowPlace): string {
  return `${seq}.${ix}`;
}

/**
 * Reads the place of a row.
 *
 * @returns nothing when the text is no cursor
 * @example parseHistoryCursor('17.3') // { seq: 17, ix: 3 }
 */
export function parseHistoryCursor(text: string): RowPlace | undefined {
  const [, seq, ix] = SHAPE.exec(text) ?? [];
  const place = { seq: Number(seq), ix: Number(ix) };
  return Number.isSafeInteger(place.seq) && Number.isSafeInteger(place.ix) ? place : undefined;
}
