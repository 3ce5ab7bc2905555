/** The first record of a journal: the venue's constitution. */

import { checkGenesis, isGenesis, openState, type State } from '@mochila/core';
import type { Journal, JournalRecord } from '@mochila/ports';
import { type Command, commands, decodeRecord, type Genesis, recordCode } from '@mochila/protocol';
import { canonicalJson } from './canonical-json.ts';
import { RecoveryFault } from './recovery-fault.ts';

/**
 * Opens the state of a new venue, exactly as every replay of its journal will: from the genesis as its first record spells
 * it, because a snapshot keeps the order of fields.
 * @throws RecoveryFault naming the broken rules
 */
export function openNewState(genesis: Genesis): State {
  return openState(parseGenesis(canonicalJson(genesis)));
}

/** Makes the command that begins a journal. */
export function genesisCommand(genesis: Genesis): Command {
  return { name: 'genesis', fields: { json: new TextEncoder().encode(canonicalJson(genesis)) } };
}

/** Views the bytes of a journal record as words; they are not copied. */
export function wordsOfRecord(record: JournalRecord): Float64Array {
  return new Float64Array(record.bytes.buffer, record.bytes.byteOffset, Math.floor(record.bytes.length / 8));
}

/** Reads the constitution from the first record. @throws RecoveryFault when it holds none */
function readGenesis(record: JournalRecord): Genesis {
  const words = wordsOfRecord(record);
  if (record.seq !== 1 || recordCode(words, 0) !== commands.genesis.code) {
    throw new RecoveryFault(
      `the journal does not begin with a genesis: its first record is ${record.seq} with code ${recordCode(words, 0)}`,
    );
  }
  return parseGenesis(new TextDecoder().decode(decodeRecord(commands.genesis, words, 0).json));
}

function parseGenesis(json: string): Genesis {
  const value: unknown = JSON.parse(json);
  if (isGenesis(value)) return value;
  const problems = checkGenesis(value).map(({ path, rule }) => `${path} ${rule}`);
  throw new RecoveryFault(`the genesis breaks the rules of this version: ${problems.join('; ')}`);
}

/** Reads the constitution of a stored venue; its journal is open. */
export function genesisOf(journal: Pick<Journal, 'read'>): Genesis {
  for (const record of journal.read(1)) return readGenesis(record);
  throw new RecoveryFault('the journal is empty: there is no venue in it yet');
}

/**
 * Refuses a journal of another venue than was asked for. Everything else of the genesis is the journal's to say.
 * @throws RecoveryFault naming what differs
 */
export function requireSameVenue(asked: Genesis, found: Genesis): void {
  if (asked.venueId !== found.venueId) {
    throw new RecoveryFault(
      `the journal is of the venue ${found.venueId}, not ${asked.venueId}; use another data directory or reset this one`,
    );
  }
  if (asked.sandbox !== found.sandbox) {
    const mark = found.sandbox ? 'a sandbox' : 'not a sandbox';
    throw new RecoveryFault(
      `the venue in this journal is ${mark}, and that cannot change; start it as such, or use another data directory`,
    );
  }
}
