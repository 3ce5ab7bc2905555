import { describe, expect, it } from 'vitest';
import { lendingFilterOf, readLendingPositionId, writeLendingPositionId } from './lending-position-id.ts';

describe('the public id of a lend or debt', () => {
  it.each([
    [{ positionId: 44, asset: 3 }, '44003'],
    [{ positionId: 44, asset: 999 }, '44999'],
    [{ positionId: 8_000_000_000_000, asset: 0 }, '8000000000000000'],
  ])('of %j is %s', (position, text) => {
    expect(writeLendingPositionId(position)).toBe(text);
    expect(readLendingPositionId(text)).toEqual(position);
  });

  it('is 0 for none', () => {
    expect(writeLendingPositionId({ positionId: 0, asset: 7 })).toBe('0');
  });

  it.each(['abc', '', '-1', '1.5', '99999999999999999'])('is not %j', (text) => {
    expect(() => readLendingPositionId(text)).toThrow(`got "${text}"`);
  });

  it('narrows what is asked for to its asset', () => {
    expect(lendingFilterOf(undefined, undefined)).toEqual({ assets: undefined, positionId: undefined });
    expect(lendingFilterOf([1, 2], undefined)).toEqual({ assets: [1, 2], positionId: undefined });
    expect(lendingFilterOf(undefined, '44002')).toEqual({ assets: [2], positionId: 44 });
    expect(lendingFilterOf([1, 2], '44002')).toEqual({ assets: [2], positionId: 44 });
    expect(lendingFilterOf([1], '44002')).toEqual({ assets: [], positionId: 44 });
  });
});
