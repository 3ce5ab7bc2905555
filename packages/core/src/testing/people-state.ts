/** A small venue with registered people, and commands run on it as the engine runs them, for tests of identity and custody. */
import {
  type CommandFields,
  commands,
  decodeRecord,
  eventNameOf,
  type Fields,
  type Genesis,
  type RecordSchema,
  type Reject,
  recordCode,
  recordWords,
  USER_HEADER,
  type UserHeader,
} from '@mochila/protocol';
import { registerUser } from '../commands/register-user.ts';
import { clearEvents } from '../event-buffer.ts';
import { closeFrame, openFrame } from '../ledger/frame.ts';
import type { State } from '../state.ts';
import { ledgerState } from './ledger-state.ts';

/** A person of a test: what their requests carry. */
export interface Person {
  user: number;
  account: number;
  key: number;
  generation: number;
}

/** A small sandbox with good prices and money in nobody's hands but the venue's. */
export function peopleState(changes: Partial<Genesis> = {}): State {
  const state = ledgerState(changes);
  clearEvents(state.out);
  return state;
}

/** Runs a handler as the next command: a sequence, an empty result, a frame. Events of it alone stand in `state.out`. */
export function run(state: State, handler: (state: State) => Reject | null): Reject | null {
  state.seq += 1;
  state.scratch.resultLength = 0;
  clearEvents(state.out);
  openFrame(state);
  const refused = handler(state);
  closeFrame(state);
  return refused === null ? null : { ...refused };
}

/** Numbers of the last answer. */
export function resultOf(state: State): number[] {
  return Array.from(state.scratch.result.subarray(0, state.scratch.resultLength));
}

/** Bytes of a public key that differ by `number`. */
export function testPublicKey(number: number): Uint8Array {
  const bytes = new Uint8Array(32).fill(7);
  new DataView(bytes.buffer).setUint32(0, number);
  return bytes;
}

/** UTF-8 of a text. */
export function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

/** Registers a person with the sandbox's grants. */
export function registered(state: State, number: number, changes: Partial<CommandFields<'registerUser'>> = {}): Person {
  const fields = { ...commands.registerUser.defaults, isSandbox: 1, publicKey: testPublicKey(number), ...changes };
  const refused = run(state, () => registerUser(state, fields));
  if (refused !== null) throw new Error(`registration refused with ${refused.code}`);
  const [user = -1, account = -1, key = -1, generation = -1] = resultOf(state);
  return { user, account, key, generation };
}

/** Header of a request signed now by a person. */
export function headerOf(state: State, person: Person, changes: Partial<UserHeader> = {}): UserHeader {
  const signedAtMs = Math.floor(state.timeMicros / 1000);
  return {
    ...USER_HEADER,
    account: person.account,
    key: person.key,
    keyGeneration: person.generation,
    signedAtMs,
    windowMs: 5_000,
    signLo: 1,
    ...changes,
  };
}

/** Events of the last command, in order. */
export function eventNames(state: State): string[] {
  const names: string[] = [];
  for (let at = 0; at < state.out.length; at += recordWords(state.out.words, at)) names.push(eventNameOf(recordCode(state.out.words, at)));
  return names;
}

/** Fields of the last command's events of one kind. */
export function eventsOf<T extends Fields>(state: State, schema: RecordSchema<T>): T[] {
  const found: T[] = [];
  for (let at = 0; at < state.out.length; at += recordWords(state.out.words, at)) {
    if (recordCode(state.out.words, at) === schema.code) found.push(decodeRecord(schema, state.out.words, at));
  }
  return found;
}
