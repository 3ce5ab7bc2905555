import { expect, it } from 'vitest';
import { commands, USER_HEADER } from '../commands.ts';
import { CancelOrderView, HeaderView, PlaceOrderView, viewCancelOrder, viewHeader, viewPlaceOrder } from './command-views.ts';
import { decodeRecord, type Fields, type RecordSchema } from './record.ts';

/** A record whose every field holds another number. */
function numbered<T extends Fields>(schema: RecordSchema<T>, offset: number): Float64Array {
  const length = 1 + schema.numberFields.length;
  const words = Float64Array.from({ length: offset + length }, (_, at) => 1000 + at);
  words[offset] = schema.code * 65_536 + length;
  return words;
}

function seen(view: object, names: readonly string[]): unknown {
  return Object.fromEntries(names.map((name) => [name, Reflect.get(view, name)]));
}

it('show what the schemas read', () => {
  const place = numbered(commands.placeOrder, 5);
  const { placeOrder, cancelOrder } = commands;
  expect(seen(viewPlaceOrder(new PlaceOrderView(), place, 5), placeOrder.numberFields)).toEqual(decodeRecord(placeOrder, place, 5));
  const cancel = numbered(cancelOrder, 2);
  expect(seen(viewCancelOrder(new CancelOrderView(), cancel, 2), cancelOrder.numberFields)).toEqual(decodeRecord(cancelOrder, cancel, 2));
  const names = Object.keys(USER_HEADER);
  expect(decodeRecord(cancelOrder, cancel, 2)).toMatchObject({
    ...USER_HEADER,
    ...Object(seen(viewHeader(new HeaderView(), cancel, 2), names)),
  });
});

it('refuse another record, another length and a record cut short', () => {
  const place = numbered(commands.placeOrder, 0);
  expect(() => viewCancelOrder(new CancelOrderView(), place, 0)).toThrow(RangeError);
  expect(() => viewPlaceOrder(new PlaceOrderView(), place.subarray(0, 20), 0)).toThrow(RangeError);
  place[0] = place[0]! - 1;
  expect(() => viewPlaceOrder(new PlaceOrderView(), place, 0)).toThrow(RangeError);
});
