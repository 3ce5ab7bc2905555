/** Receipts of what the venue did to an account by itself. */
import type { ReceiptDocument } from '@mochila/protocol';
import type { Decimal, ReceiptKindWord, ReceiptRoleWord } from './words.ts';

/** A receipt: what the venue saw, which rule it followed, what it did, with every number to compute it again. */
export type Receipt = ReceiptDocument;

/** A receipt in a list. */
export type ReceiptSummary = {
  /** Sequence of the command, and place within it. */
  readonly id: string;
  /** Number in the venue; 0 for one made of a settlement. */
  readonly number: Decimal;
  readonly kind: ReceiptKindWord;
  readonly role: ReceiptRoleWord;
  /** Stage of the waterfall, 0 to 4; null outside it. */
  readonly stage: Decimal | null;
  /** Rules and their version. */
  readonly rules: string;
  /** Sequence of the command in the journal. */
  readonly sequence: Decimal;
  /** Time of the command, in microseconds since 1970. */
  readonly timestampMicros: Decimal;
  readonly symbol: string | null;
  readonly asset: string | null;
};
