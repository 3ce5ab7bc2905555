/** A receipt beside those that the journal of its venue writes for the same command. */
import { parseReceipt, type Receipt, type ReceiptCheck } from '@mochila/sdk';

/**
 * Whether a replay writes the same receipt. One of earlier rules has another hash than what this build writes: then all that it
 * says must be among what is written now.
 *
 * @param found what `find-receipts` answered: receipts of its command
 */
export function checkInJournal(receipt: Receipt, found: unknown): ReceiptCheck {
  const written = Array.isArray(found) ? found.map((one: unknown) => parseReceipt(JSON.stringify(one))) : [];
  const check = { part: 'journal', what: `command ${receipt.sequence}`, found: receipt.hash };
  if (written.some(({ hash }) => hash === receipt.hash)) return { ...check, isGood: true, computed: receipt.hash };
  const other = written.find(({ id, role }) => id === receipt.id && role === receipt.role);
  if (other === undefined || other.rules === receipt.rules)
    return { ...check, isGood: false, computed: `${written.length} other receipts` };
  const isGood = saysAllOf(other, receipt);
  const told = isGood ? 'which says the same and more' : 'which says other numbers; the build of its time writes its own';
  return { ...check, isGood, found: `a receipt of ${receipt.rules}`, computed: `one of ${other.rules}, ${told}` };
}

function saysAllOf(written: Receipt, receipt: Receipt): boolean {
  if (headOf(written) !== headOf(receipt)) return false;
  const texts = new Set(textsOf(written));
  return textsOf(receipt).every((line) => texts.has(line));
}

function headOf({ number, kind, stage, timestampMicros, symbol, asset, actsOmitted }: Receipt): string {
  return JSON.stringify([number, kind, stage, timestampMicros, symbol, asset, actsOmitted]);
}

/** Each line with its section, and which of its like it is: two equal acts are two. */
function textsOf({ lines }: Receipt): string[] {
  const seen = new Map<string, number>();
  return Object.entries(lines).flatMap(([section, rows]) =>
    rows.map((row) => {
      const text = JSON.stringify([section, Object.entries(row).sort()]);
      const before = seen.get(text) ?? 0;
      seen.set(text, before + 1);
      return `${text} ${before}`;
    }),
  );
}
