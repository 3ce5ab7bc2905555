/** What people read when something went wrong: what, with which values, what to do. */
import { ApiFault, NetworkFault, UsageFault } from '@mochila/sdk';
import { CommanderError } from 'commander';
import { CliFault } from '../cli-fault.ts';

/** Exit codes. */
export const EXIT = { done: 0, refused: 1, usage: 2, unreachable: 3 } as const;

const HINTS: Readonly<Record<string, string>> = {
  UNAUTHORIZED: '`mochila keys new` makes a key; a sandbox gives it an account at its first request.',
  FORBIDDEN: 'The key has not the permission for this: `mochila keys list --venue` shows what each key may do.',
  INSUFFICIENT_FUNDS: '`mochila balances` shows what there is; on a sandbox `mochila faucet 1000 USDC` gives more.',
  INSUFFICIENT_MARGIN: '`mochila account` shows what equity is free for new risk.',
  INVALID_MARKET: '`mochila markets` lists the markets.',
  INVALID_SYMBOL: '`mochila markets` lists the markets.',
  INVALID_ASSET: '`mochila pools` lists the assets.',
};

/** An error: a code and a message for scripts, lines for people, and an exit code. */
export type Report = { readonly exitCode: number; readonly code: string; readonly message: string; readonly lines: readonly string[] };

/** Words an error. Bugs are not worded: they are thrown on, with their stack. */
export function reportFault(error: unknown): Report {
  if (error instanceof CommanderError) return reportCommander(error);
  if (error instanceof ApiFault) {
    const { code, message } = error;
    const hint = HINTS[code];
    return { exitCode: EXIT.refused, code, message, lines: [`${message} (${code})`, ...(hint === undefined ? [] : [hint])] };
  }
  if (error instanceof NetworkFault) return report(EXIT.unreachable, 'UNREACHABLE', error.message);
  if (error instanceof UsageFault) return report(EXIT.usage, 'USAGE', error.message);
  if (error instanceof CliFault) return report(error.exitCode, error.exitCode === EXIT.refused ? 'REFUSED' : 'USAGE', error.message);
  if (error instanceof Error && 'syscall' in error) return report(EXIT.usage, 'USAGE', error.message);
  throw error;
}

function report(exitCode: number, code: string, message: string): Report {
  return { exitCode, code, message, lines: [message] };
}

/** Commander found the words wrong, or has shown help that was asked for, which is no error. */
function reportCommander({ exitCode, code, message }: CommanderError): Report {
  if (exitCode === 0 || code === 'commander.help') return report(EXIT.done, code, '');
  const [first = '', ...rest] = withoutFrame(message).split('\n');
  return { exitCode: EXIT.usage, code: 'USAGE', message: first, lines: [first, ...rest, '(add --help for more)'] };
}

/** Commander repeats the value before the rule, which names it already. */
function withoutFrame(message: string): string {
  const bare = message.replace(/^error: /, '');
  const option = /^option '([^']*)' argument '.*' is invalid\. (?=")/s.exec(bare);
  const argument = /^command-argument value '.*' is invalid for argument '([^']*)'\. (?=")/s.exec(bare);
  const found = option ?? argument;
  return found === null ? bare : `${found[1]}: ${bare.slice(found[0].length)}`;
}
