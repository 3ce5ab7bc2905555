/** What people read when something went wrong: what, with which values, what to do. */
import { ApiFault, NetworkFault, UsageFault } from '@mochila/sdk';
import { CliFault } from '../cli-fault.ts';

/** Exit codes. */
export const EXIT = { done: 0, refused: 1, usage: 2, unreachable: 3 } as const;

const HINTS: Readonly<Record<string, string>> = {
  UNAUTHORIZED: '`mochila keys new` makes a key; a sandbox gives it an account at its first request.',
  FORBIDDEN: 'The key has not the permission for this: `mochila keys list` shows what it may do.',
  INSUFFICIENT_FUNDS: '`mochila balances` shows what there is; on a sandbox `mochila faucet 1000 USDC` gives more.',
  INSUFFICIENT_MARGIN: '`mochila account` shows what equity is free for new risk.',
  INVALID_MARKET: '`mochila markets` lists the markets.',
  INVALID_SYMBOL: '`mochila markets` lists the markets.',
};

/** An error in words and as an exit code. */
export type Report = { readonly exitCode: number; readonly code: string; readonly lines: readonly string[] };

/** Words an error. Bugs are not worded: they are thrown on, with their stack. */
export function reportFault(error: unknown): Report {
  if (error instanceof ApiFault) {
    const hint = HINTS[error.code];
    return { exitCode: EXIT.refused, code: error.code, lines: [`${error.message} (${error.code})`, ...(hint === undefined ? [] : [hint])] };
  }
  if (error instanceof NetworkFault) return { exitCode: EXIT.unreachable, code: 'UNREACHABLE', lines: [error.message] };
  if (error instanceof UsageFault) return { exitCode: EXIT.usage, code: 'USAGE', lines: [error.message] };
  if (error instanceof CliFault) return { exitCode: error.exitCode, code: 'USAGE', lines: [error.message] };
  throw error;
}
