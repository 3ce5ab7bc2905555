/** How often each kind of event happened, for checks that say what did not happen. */
import { events } from '@mochila/protocol';
import type { SimVenue } from '../venue/sim-venue.ts';

const CODE_WORD = 65_536;
const REASON_WORD = 1 + Object.keys(events.orderExpired.defaults).indexOf('expiryReason');

/** Counts the events of a venue from now on. */
export class EventCounts {
  readonly #counts = new Map<number, number>();
  readonly #expired = new Map<number, number>();

  constructor(venue: SimVenue) {
    venue.read((words, length) => this.#read(words, length));
  }

  /** @param schema - of the event, such as `events.fill`. */
  of(schema: { readonly code: number }): number {
    return this.#counts.get(schema.code) ?? 0;
  }

  /** @param reason - an ExpiryReason. @returns orders that ended for it. */
  expiredBy(reason: number): number {
    return this.#expired.get(reason) ?? 0;
  }

  #read(words: Float64Array, length: number): void {
    for (let at = 0; at < length; ) {
      const header = words[at] ?? 0;
      const code = Math.floor(header / CODE_WORD);
      this.#counts.set(code, (this.#counts.get(code) ?? 0) + 1);
      const reason = words[at + REASON_WORD] ?? 0;
      if (code === events.orderExpired.code) this.#expired.set(reason, this.expiredBy(reason) + 1);
      at += header - code * CODE_WORD;
    }
  }
}
