/** Frames as the exchanges document them, one a line, kept beside the package. */
import { readFileSync } from 'node:fs';
import type { ExchangeName } from '../exchanges.ts';

/** The frames of an exchange, in their order: written from its documents, not captured from its stream. */
export function documentedFrames(exchange: ExchangeName): string[] {
  const file = new URL(`../../frames/${exchange}.jsonl`, import.meta.url);
  return readFileSync(file, 'utf8').trimEnd().split('\n');
}
