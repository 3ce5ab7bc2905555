/**
 * A command on its way to the journal: the words of the command, then the signed envelope that asked for it, as a word
 * with its length and the bytes padded to whole words. Exactly this is what the journal keeps.
 */

import { type Command, commands, encodeRecord, type Fields, measureRecord, type RecordSchema, recordWords } from '@mochila/protocol';

/** Envelope of commands that nobody signed: those of the venue itself. */
export const NO_ENVELOPE = new Uint8Array(0);

/** Words a command takes together with its envelope. */
export function measureRequest(command: Command, envelope: Uint8Array): number {
  return measureRecord(schemaOf(command), command.fields) + 1 + Math.ceil(envelope.length / 8);
}

/**
 * Writes a command and its envelope at `offset`.
 * @returns the offset after them
 * @throws RangeError when they do not fit
 */
export function encodeRequest(command: Command, envelope: Uint8Array, words: Float64Array, offset: number): number {
  const at = encodeRecord(schemaOf(command), command.fields, words, offset);
  const end = at + 1 + Math.ceil(envelope.length / 8);
  if (end > words.length) throw new RangeError(`an envelope of ${envelope.length} bytes does not fit`);
  words[at] = envelope.length;
  words.fill(0, at + 1, end);
  new Uint8Array(words.buffer, words.byteOffset + (at + 1) * 8, envelope.length).set(envelope);
  return end;
}

/** Returns a copy of the envelope behind the command at `offset`. @throws RangeError when it is cut short */
export function readEnvelope(words: Float64Array, offset: number): Uint8Array {
  const at = offset + recordWords(words, offset);
  const length = words[at] ?? -1;
  if (!Number.isInteger(length) || length < 0 || at + 1 + Math.ceil(length / 8) > words.length) {
    throw new RangeError(`the envelope says ${length} bytes, which is not inside its record`);
  }
  return new Uint8Array(words.buffer, words.byteOffset + (at + 1) * 8, length).slice();
}

function schemaOf(command: Command): RecordSchema<Fields> {
  return commands[command.name];
}
