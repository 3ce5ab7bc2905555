/** What was computed again, beside what the receipt says. */
import { writeExact } from '@mochila/protocol';

/** One comparison. */
export type ReceiptCheck = {
  /** Part of the receipt, such as `prices` or `equity before`. */
  readonly part: string;
  /** What was computed, such as `BTC index`. */
  readonly what: string;
  readonly isGood: boolean;
  /** What the receipt says, and what comes out; both in words. */
  readonly found: string;
  readonly computed: string;
};

/** Gathers comparisons. */
export class Checks {
  readonly all: ReceiptCheck[] = [];

  /** Numbers that must be the same to the last bit. */
  equal(part: string, what: string, found: number, computed: number): void {
    this.all.push({ part, what, isGood: found === computed, found: textOf(found), computed: textOf(computed) });
  }

  /** Something that must hold. @param rule - what, in words */
  holds(part: string, what: string, isGood: boolean, rule: string): void {
    this.all.push({ part, what, isGood, found: isGood ? 'so' : 'not so', computed: rule });
  }

  /** Something that cannot be. */
  fault(part: string, what: string): void {
    this.all.push({ part, what, isGood: false, found: what, computed: 'a number that can be read' });
  }
}

function textOf(value: number): string {
  return Number.isFinite(value) ? writeExact(value) : String(value);
}
