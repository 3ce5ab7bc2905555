/** Answers about the venue itself. */
import type { VenueStatus } from './words.ts';

/** Whether the venue works. */
export type StatusAndMessage = {
  readonly status: VenueStatus;
  /** Remark for people; null when all is well. */
  readonly message: string | null;
};
