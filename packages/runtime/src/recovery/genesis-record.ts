/** The first record of a journal: the venue's constitution. */

import { checkGenesis } from '@mochila/core';
import type { JournalRecord } from '@mochila/ports';
import { type Command, commands, decodeRecord, type Genesis, recordCode } from '@mochila/protocol';
import { canonicalJson } from './canonical-json.ts';
import { RecoveryFault } from './recovery-fault.ts';

/** Makes the command that begins a journal. */
export function genesisCommand(genesis: Genesis): Command {
  return { name: 'genesis', fields: { json: new TextEncoder().encode(canonicalJson(genesis)) } };
}

/** Views the bytes of a journal record as words; they are not copied. */
export function wordsOfRecord(record: JournalRecord): Float64Array {
  return new Float64Array(record.bytes.buffer, record.bytes.byteOffset, Math.floor(record.bytes.length / 8));
}

/** Reads the constitution from the first record. @throws RecoveryFault when it holds none */
export function readGenesis(record: JournalRecord): Genesis {
  const words = wordsOfRecord(record);
  if (record.seq !== 1 || recordCode(words, 0) !== commands.genesis.code) {
    throw new RecoveryFault(
      `the journal does not begin with a genesis: its first record is ${record.seq} with code ${recordCode(words, 0)}`,
    );
  }
  const value: unknown = JSON.parse(new TextDecoder().decode(decodeRecord(commands.genesis, words, 0).json));
  if (isGenesis(value)) return value;
  const problems = checkGenesis(value).map((problem) => Object.values(problem).map(String).join(' '));
  throw new RecoveryFault(`the genesis in the journal breaks the rules of this version: ${problems.join('; ')}`);
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

function isGenesis(value: unknown): value is Genesis {
  return checkGenesis(value).length === 0;
}
