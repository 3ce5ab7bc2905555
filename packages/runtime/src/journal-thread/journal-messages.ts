/** What the journal thread and its parent post to each other. */

import type { JournalProgress, JournalTail } from '@mochila/ports';
import type { Seq } from '@mochila/units';
import type { ThreadError } from '../thread-error.ts';
import type { JournalMemory } from './journal-memory.ts';

/** What a journal thread is started with; `settings` are for whoever makes the journal. */
export interface JournalThreadTask<Settings> {
  readonly memory: JournalMemory;
  readonly listeners: readonly SharedArrayBuffer[];
  readonly settings: Settings;
}

/** How the thread ended. */
export type JournalThreadEnd =
  | { readonly kind: 'stopped'; readonly durableSeq: Seq; readonly isCutShort: boolean }
  | { readonly kind: 'halted'; readonly durableSeq: Seq; readonly error: ThreadError };

/** Posted by the thread. */
export type JournalThreadMessage =
  | { readonly kind: 'progress'; readonly progress: JournalProgress }
  | { readonly kind: 'opened'; readonly tail: JournalTail }
  | { readonly kind: 'refusing'; readonly error: ThreadError }
  | { readonly kind: 'ended'; readonly end: JournalThreadEnd };
