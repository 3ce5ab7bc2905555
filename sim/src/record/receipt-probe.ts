/** A part of the receipts of a run, kept as they were written and computed again when it is over. */
import {
  decodeReceiptLines,
  decodeRecord,
  events,
  nameOf,
  ReceiptKind,
  recordCode,
  recordWords,
  writeReceiptDocument,
} from '@mochila/protocol';
import { verifyReceipt } from '@mochila/sdk';
import type { SimVenue } from '../venue/sim-venue.ts';

/** Of each kind the first of these are kept, then one in so many. */
const FIRST_OF_A_KIND = 100;
const ONE_IN = 101;
/** Word of a receipt that says its kind. */
const KIND = 2;

/** What came of it. */
export interface Probed {
  readonly looked: number;
  /** What the first receipt that does not match says of itself; null when all match. */
  readonly wrong: string | null;
}

type Kept = { readonly seq: number; readonly timeMicros: number; readonly words: Float64Array };

/** Keeps receipts of a venue from now on. */
export class ReceiptProbe {
  readonly #venue: SimVenue;
  readonly #kept: Kept[] = [];
  readonly #seen = new Map<number, number>();

  constructor(venue: SimVenue) {
    this.#venue = venue;
    venue.read((words, length) => this.#read(words, length));
  }

  /** Computes what was kept again, from its own numbers. */
  probe(): Probed {
    const { assets, markets, prices } = this.#venue.genesis;
    const listing = { assets, markets, sources: prices.sources };
    for (const { seq, timeMicros, words } of this.#kept) {
      const { lines, ...head } = decodeRecord(events.receiptWritten, words, 0);
      const document = writeReceiptDocument(listing, { ...head, seq, ix: 0, role: 0, timeMicros }, decodeReceiptLines(lines));
      const wrong = verifyReceipt(document).checks.find(({ isGood }) => !isGood);
      if (wrong !== undefined) {
        const kind = nameOf(ReceiptKind, head.kind);
        return { looked: this.#kept.length, wrong: `${kind} of command ${seq}, ${wrong.what}: ${wrong.found}, not ${wrong.computed}` };
      }
    }
    return { looked: this.#kept.length, wrong: null };
  }

  #read(words: Float64Array, length: number): void {
    for (let at = 0; at < length; at += recordWords(words, at)) {
      if (recordCode(words, at) === events.receiptWritten.code) this.#keep(words, at);
    }
  }

  #keep(words: Float64Array, at: number): void {
    const kind = words[at + KIND] ?? -1;
    const before = this.#seen.get(kind) ?? 0;
    this.#seen.set(kind, before + 1);
    const { seq, timeMicros } = this.#venue.state;
    if (before < FIRST_OF_A_KIND || before % ONE_IN === 0)
      this.#kept.push({ seq, timeMicros, words: words.slice(at, at + recordWords(words, at)) });
  }
}
