/** Frames that are kept beside the package, one a line: where they come from is told in `frames/README.md`. */
import { readFileSync } from 'node:fs';
import type { ExchangeName } from '../exchanges.ts';

/** A frame as its exchange sent it. */
export type RecordedFrame = {
  readonly text: string;
  /** When whoever recorded it received it, whole ms since 1970 by their clock; null when they did not keep that. */
  readonly receivedMs: number | null;
};

const RECEIVED = /^(\d+\.\d+): (.*)$/;

/** The frames of an exchange, in their order: written from its documents, not captured from its stream. */
export function documentedFrames(exchange: ExchangeName): string[] {
  return linesOf(`documented/${exchange}.jsonl`);
}

/** A piece of an exchange's stream, in its order: captured from it, not written by anybody. */
export function recordedFrames(name: string): RecordedFrame[] {
  return linesOf(`recorded/${name}.txt`).map((line) => {
    const [, seconds, text] = RECEIVED.exec(line) ?? [];
    return text === undefined ? { text: line, receivedMs: null } : { text, receivedMs: Math.floor(Number(seconds) * 1_000) };
  });
}

function linesOf(file: string): string[] {
  return readFileSync(new URL(`../../frames/${file}`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
}
