/** From the objects of the contract to the words of a batch, for those who hold only the objects. */
import { type EventBatch, encodeRecord, events, type Fields, measureRecord, type RecordSchema } from '@mochila/protocol';
import { BATCH_HEADER_WORDS, NO_LINK } from './batch-words.ts';

/** Words that `decodeEventBatch` reads as the batch again; the answer to the command is not among them. */
export function encodeBatch(batch: EventBatch): Float64Array {
  const records = batch.events.map(({ name, fields }) => ({ schema: schemaOf(name), fields }));
  const length = records.reduce((sum, { schema, fields }) => sum + measureRecord(schema, fields), BATCH_HEADER_WORDS + 1);
  const words = new Float64Array(length);
  words.set([batch.seq, batch.timeMicros, batch.commandCode, NO_LINK, 0, batch.rejectCode]);
  words[BATCH_HEADER_WORDS] = records.length;
  let at = BATCH_HEADER_WORDS + 1;
  for (const { schema, fields } of records) at = encodeRecord(schema, fields, words, at);
  return words;
}

function schemaOf(name: keyof typeof events): RecordSchema<Fields> {
  return events[name];
}
