import { documentOf, handlerOf, handlerTestOf } from './templates.ts';

const COMMANDS = 'packages/protocol/src/commands.ts';
const EVENTS = 'packages/protocol/src/events.ts';

/** A file that the new command makes or changes. */
export interface PlannedFile {
  path: string;
  text: string;
  isNew: boolean;
}

/** What a new command is called, and how to read the files of the repository. */
export interface CommandPlan {
  command: string;
  event: string;
  read(path: string): string;
}

/** Says what is wrong with the names, in words for people; undefined when they are good. */
export function checkNames(command: string, event: string): string | undefined {
  if (!/^[a-z]+([A-Z][a-z]+)+$/.test(command))
    return `"${command}" is no name of a command: a verb and its object in camelCase, without abbreviations.`;
  if (!/^[a-z]+([A-Z][a-z]+)+$/.test(event))
    return `"${event}" is no name of an event: what happened, in camelCase, without abbreviations.`;
  return command === event ? 'The event says what happened and the command what is asked: they need two names.' : undefined;
}

/** Plans the files of a new command: handler, test, document, and the contract with the next free codes. */
export function planCommand({ command, event, read }: CommandPlan): PlannedFile[] {
  const file = kebabOf(command);
  return [
    { path: `packages/core/src/commands/${file}.ts`, text: handlerOf(command, event), isNew: true },
    { path: `packages/core/src/commands/${file}.test.ts`, text: handlerTestOf(command, event), isNew: true },
    { path: `docs/commands/${file}.md`, text: documentOf(command, event), isNew: true },
    { path: COMMANDS, text: enterRecord(read(COMMANDS), { name: command, table: 'commands', fields: '{ ...USER_HEADER }' }), isNew: false },
    { path: EVENTS, text: enterRecord(read(EVENTS), { name: event, table: 'events', fields: '{ account: 0 }' }), isNew: false },
  ];
}

/** @example kebabOf('placeOrder') // 'place-order' */
export function kebabOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** A name is taken, by a record or a file. */
export class NameTaken extends Error {
  override readonly name = 'NameTaken';

  constructor(taken: string) {
    super(`${taken} exists already: names are never re-used`);
  }
}

/**
 * Enters a record in a file of the contract: its definition with the next free code, and its name in the table of all.
 *
 * @throws NameTaken, or Error when the table is not where it was
 */
export function enterRecord(text: string, { name, table, fields }: { name: string; table: string; fields: string }): string {
  if (new RegExp(`\\b${name} = defineRecord\\(`).test(text)) throw new NameTaken(name);
  const codes = [...text.matchAll(/defineRecord\((\d+), /g)].map(([, code]) => Number(code));
  const start = text.indexOf(`export const ${table} = {`);
  const end = text.indexOf('} as const;', start);
  const above = text.lastIndexOf('/**', start);
  if (codes.length === 0 || start === -1 || end === -1 || above === -1)
    throw new Error(`there is no table "${table}" of records to enter ${name} in`);
  const definition = `/** Say in one sentence what ${name} is. */\nexport const ${name} = defineRecord(${Math.max(...codes) + 1}, '${name}', ${fields});\n\n`;
  return `${text.slice(0, above)}${definition}${text.slice(above, end)}  ${name},\n${text.slice(end)}`;
}
