/** The handler: the order of a handler is fixed, what stands in it is to be written. */
export function handlerOf(command: string, event: string): string {
  return `import { type CommandFields, events, type Reject, rejects } from '@mochila/protocol';
import { emit } from '../event-buffer.ts';
import { reject } from '../reject.ts';
import type { State } from '../state.ts';

/**
 * Say in one sentence what ${command} does.
 *
 * @param command its fields; the engine has checked signature, key and idempotency
 * @returns unknownAccount, or null when it was carried out
 */
export function ${command}(state: State, command: CommandFields<'${command}'>): Reject | null {
  const { account } = command;
  if (account >= state.accounts.used) return reject(state, rejects.unknownAccount, account);

  // Point of no return.
  emit(state.out, events.${event}, { account });
  return null;
}
`;
}

/** Its test: each reject in order of precedence as a table, then what it does. */
export function handlerTestOf(command: string, event: string): string {
  const file = command.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return `import { commands, decodeRecord, events, rejects } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { createState } from '../create-state.ts';
import { smallGenesis } from '../testing/small-genesis.ts';
import { ${command} } from './${file}.ts';

const valid = { ...commands.${command}.defaults, account: 1 };

/** Each reject in order of precedence: its fields break this rule and every later one. */
const refused: [keyof typeof rejects, Partial<typeof valid>][] = [['unknownAccount', { account: 1_000_000 }]];

describe('${command}', () => {
  it.each(refused)('answers %s and leaves the state as it was', (name, changes) => {
    const state = createState(smallGenesis());
    expect(${command}(state, { ...valid, ...changes })?.code).toBe(rejects[name].code);
    expect(state.out.count).toBe(0);
  });

  it('says what happened', () => {
    const state = createState(smallGenesis());
    expect(${command}(state, valid)).toBeNull();
    expect(decodeRecord(events.${event}, state.out.words, 0)).toMatchObject({ account: 1 });
  });
});
`;
}

/** Its document for people. */
export function documentOf(command: string, event: string): string {
  return `# ${command}

Say in one sentence what it does and who may ask for it.

| field | unit | meaning |
|---|---|---|
| \`account\` | index | the account it acts for |

| reject, in order | when |
|---|---|
| \`unknownAccount\` | there is no such account |

Events: \`${event}\`. Answer: no numbers.
`;
}
