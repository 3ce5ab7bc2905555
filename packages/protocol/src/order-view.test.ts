import { expect, it } from 'vitest';
import { decodeRecord, encodeRecord, type Fields, measureRecord, type RecordSchema } from './codec/record.ts';
import { commands } from './commands.ts';
import { events } from './events.ts';
import { ORDER_VIEW, readOrderView } from './order-view.ts';

const VIEW_FIELDS: readonly string[] = Object.keys(ORDER_VIEW);

it('is read as its fields stand', () => {
  const words = Float64Array.from({ length: 40 }, (_, at) => 100 + at);
  expect(Object.entries(readOrderView(words, 3))).toEqual(VIEW_FIELDS.map((name, at) => [name, 103 + at]));
});

it.each<RecordSchema<Fields>>(Object.values(events).filter(({ read }) => read !== null))('is all that $name has', (schema) => {
  expect(schema.numberFields).toEqual(VIEW_FIELDS);
  expect(schema.byteFields).toEqual([]);
});

it.each<RecordSchema<Fields>>([commands.placeOrder, commands.requestWithdrawal, events.orderExpired])(
  'is like every record written alike whatever the order of its fields: $name',
  (schema) => {
    const numbers = schema.numberFields.map((name, at): [string, number] => [name, 1_000.5 + at]);
    const bytes = schema.byteFields.map((name, at): [string, Uint8Array] => [name, Uint8Array.of(at, 7)]);
    const entries = [...numbers, ...bytes];
    const words = new Float64Array(200);
    const end = encodeRecord(schema, Object.fromEntries(entries), words, 1);
    expect(end).toBe(1 + measureRecord(schema, Object.fromEntries(entries)));
    expect(decodeRecord(schema, words, 1)).toEqual(Object.fromEntries(entries));
    for (const turn of [1, 5, entries.length - 1]) {
      const turned = Object.fromEntries([...entries.slice(turn), ...entries.slice(0, turn)]);
      const again = new Float64Array(200);
      encodeRecord(schema, { ...turned, more: 1 }, again, 1);
      expect(again).toEqual(words);
    }
    expect(() =>
      encodeRecord(schema, { ...Object.fromEntries(entries), [schema.numberFields[2] ?? '']: new Uint8Array(1) }, words, 1),
    ).toThrow(TypeError);
  },
);
