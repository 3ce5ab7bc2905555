/** One text for one receipt, and its hash: what ties its numbers together. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { ReceiptDocument } from './receipt-document.ts';

/**
 * Writes the canonical text: JSON without spaces, keys in the order of their code units, without `hash`.
 */
export function canonicalReceiptText({ hash: _, ...rest }: ReceiptDocument): string {
  return canonicalText(rest);
}

/** SHA-256 of the canonical text, in hex. */
export function hashReceipt(receipt: ReceiptDocument): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalReceiptText(receipt))));
}

type Canonical = string | boolean | null | readonly Canonical[] | { readonly [name: string]: Canonical };

function canonicalText(value: Canonical): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'string') return quoted(value);
  if (isList(value)) return `[${value.map(canonicalText).join(',')}]`;
  const names = Object.keys(value).sort((a, b) => (a < b ? -1 : 1));
  return `{${names.map((name) => `${quoted(name)}:${canonicalText(value[name] ?? null)}`).join(',')}}`;
}

function isList(value: Canonical): value is readonly Canonical[] {
  return Array.isArray(value);
}

/** Symbols and decimals have nothing to escape but what JSON asks for. */
function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
