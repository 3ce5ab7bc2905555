/** What handlers work with. The composition root makes one set for each gateway. */
import type { EngineLink } from '@mochila/ports';
import type { KeyDirectory } from './auth/key-directory.ts';

/** Everything that a handler may ask. */
export type GatewayServices = {
  readonly engine: EngineLink;
  readonly keys: KeyDirectory;
  /** Wall clock in Unix milliseconds; for windows and limits, never for money. */
  readonly nowMs: () => number;
};
