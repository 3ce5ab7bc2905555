/** From the words of a batch to the objects of the contract. */

import {
  decodeRecord,
  type EngineEvent,
  type EventBatch,
  type EventName,
  eventNameOf,
  events,
  type Fields,
  type Outcome,
  type RecordSchema,
  type RejectInfo,
  recordCode,
  recordWords,
} from '@mochila/protocol';
import { BATCH_HEADER_WORDS } from './batch-words.ts';

/** Reads the answer to the command from a batch that starts at word 0. */
export function decodeOutcome(words: Float64Array): Outcome {
  const rejectCode = words[5] ?? 0;
  const result: number[] = [];
  const resultEnd = BATCH_HEADER_WORDS + (words[9] ?? 0);
  for (let at = BATCH_HEADER_WORDS; at < resultEnd; at++) result.push(words[at] ?? 0);
  return {
    seq: words[0] ?? 0,
    timeMicros: words[1] ?? 0,
    reject: rejectCode === 0 ? null : { code: rejectCode, value: words[6] ?? 0, limit: words[7] ?? 0 },
    result,
    isRepeated: words[8] === 1,
  };
}

/** Reads a whole batch that starts at word 0. @throws RangeError when its events are not inside `words` */
export function decodeEventBatch(words: Float64Array): EventBatch {
  const countAt = BATCH_HEADER_WORDS + (words[9] ?? 0);
  const decoded: EngineEvent[] = [];
  let at = countAt + 1;
  for (let left = words[countAt] ?? 0; left > 0; left--) {
    decoded.push(decodeEvent(words, at));
    at += recordWords(words, at);
  }
  return { seq: words[0] ?? 0, timeMicros: words[1] ?? 0, commandCode: words[2] ?? 0, rejectCode: words[5] ?? 0, events: decoded };
}

/** Tells whether a batch that starts at word 0 has an event with one of these codes; reads nothing but the codes. */
export function hasEventOf(words: Float64Array, codes: ReadonlySet<number>): boolean {
  const countAt = BATCH_HEADER_WORDS + (words[9] ?? 0);
  let at = countAt + 1;
  for (let left = words[countAt] ?? 0; left > 0; left--) {
    if (codes.has(recordCode(words, at))) return true;
    at += recordWords(words, at);
  }
  return false;
}

/** Reads the event at `offset`. @throws RangeError for an unknown code or a record cut short */
export function decodeEvent(words: Float64Array, offset: number): EngineEvent {
  const name = eventNameOf(recordCode(words, offset));
  const schema: RecordSchema<Fields> = events[name];
  const event = { name, fields: decodeRecord(schema, words, offset) };
  if (!isEngineEvent(event)) throw new RangeError(`${name} is no event`);
  return event;
}

/** Makes the answer to a command that never reached the engine. */
export function refusal(reject: RejectInfo): Outcome {
  return { seq: 0, timeMicros: 0, reject: { code: reject.code, value: 0, limit: 0 }, result: [], isRepeated: false };
}

// True by construction: the fields were read by the schema of that name.
function isEngineEvent(event: { name: EventName; fields: Fields }): event is EngineEvent {
  return Object.hasOwn(events, event.name);
}
