/** What the journal thread and its parent post to each other. */

import type { JournalProgress, JournalTail } from '@mochila/ports';
import type { Seq } from '@mochila/units';
import type { JournalMemory } from './journal-memory.ts';

/** What a journal thread is started with; `settings` are for whoever makes the journal. */
export interface JournalThreadTask<Settings> {
  readonly memory: JournalMemory;
  readonly listeners: readonly SharedArrayBuffer[];
  readonly settings: Settings;
}

/** A fault as it crosses from one thread to another. */
export interface JournalThreadError {
  readonly name: string;
  readonly message: string;
}

/** How the thread ended. */
export type JournalThreadEnd =
  | { readonly kind: 'stopped'; readonly durableSeq: Seq; readonly isCutShort: boolean }
  | { readonly kind: 'halted'; readonly durableSeq: Seq; readonly error: JournalThreadError };

/** Posted by the thread. */
export type JournalThreadMessage =
  | { readonly kind: 'progress'; readonly progress: JournalProgress }
  | { readonly kind: 'opened'; readonly tail: JournalTail }
  | { readonly kind: 'refusing'; readonly error: JournalThreadError }
  | { readonly kind: 'ended'; readonly end: JournalThreadEnd };

/** Makes a thrown value fit to be posted. */
export function describeError(error: unknown): JournalThreadError {
  return error instanceof Error ? { name: error.name, message: error.message } : { name: 'Error', message: String(error) };
}
