import { events } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { availableAtoms, balanceUpdatesOf } from './balance-updates.ts';
import { hexOfBytes, Keys } from './keys.ts';
import { positionUpdateOf } from './position-update.ts';
import { batchOf } from './testing/batches.ts';

describe('a position update', () => {
  it('has entry, break-even and the worst size its orders can make it', () => {
    const position = {
      ...events.positionChanged.defaults,
      sizeLots: 10,
      entryCostAtoms: 2_000,
      feesAtoms: 30,
      fundingAtoms: -10,
      openBidLots: 5,
      openAskLots: 40,
    };
    expect(positionUpdateOf(position, 2)).toMatchObject({ exposureLots: 30, entryTicks: 100, breakEvenTicks: 102 });
    const short = { ...position, sizeLots: -10, entryCostAtoms: -2_000 };
    expect(positionUpdateOf(short, 2)).toMatchObject({ exposureLots: 50, entryTicks: 100, breakEvenTicks: 98 });
  });

  it('has no prices when it is closed', () => {
    expect(positionUpdateOf(events.positionChanged.defaults, 2)).toMatchObject({ entryTicks: null, breakEvenTicks: null, exposureLots: 0 });
  });
});

describe('balance updates', () => {
  it('are the last of each account and asset, settlements included', () => {
    const balance = { account: 4, asset: 0, freeAtoms: 1, lentAtoms: 10, debtAtoms: 0, heldAtoms: 3 };
    const updates = balanceUpdatesOf(
      batchOf(1, 0, [
        { name: 'balanceChanged', fields: balance },
        { name: 'balanceChanged', fields: { ...balance, asset: 2, heldAtoms: 50 } },
        {
          name: 'accountSettled',
          fields: { account: 4, epoch: 1, deltaAtoms: 5, freeAtoms: 6, lentAtoms: 10, debtAtoms: 0, heldAtoms: 3 },
        },
      ]),
      0,
    );
    expect(updates).toEqual([
      { account: 4, asset: 0, availableAtoms: 13, lockedAtoms: 3 },
      { account: 4, asset: 2, availableAtoms: 0, lockedAtoms: 50 },
    ]);
    expect(availableAtoms({ freeAtoms: 5, lentAtoms: 10, heldAtoms: 3 })).toBe(12);
  });
});

describe('keys', () => {
  const publicKey = new Uint8Array(32).fill(0xab);
  const hex = 'ab'.repeat(32);
  const created = { key: 3, generation: 1, user: 1, account: 2, permissions: 7 };

  it('live from creation to revocation', () => {
    const keys = new Keys();
    keys.apply({ name: 'keyCreated', fields: { ...created, publicKey } });
    expect(keys.get(hex)).toEqual(created);
    keys.apply({ name: 'keyRevoked', fields: { key: 3, generation: 1, user: 1, account: 2 } });
    expect([keys.get(hex), keys.size]).toEqual([undefined, 0]);
  });

  it('are not brought back by an older answer, and come again under the next generation', () => {
    const keys = new Keys();
    keys.apply({ name: 'keyRevoked', fields: { key: 3, generation: 1, user: 1, account: 2 } });
    keys.load([{ ...created, publicKey: hex }]);
    expect(keys.get(hex)).toBeUndefined();
    keys.apply({ name: 'keyCreated', fields: { ...created, generation: 2, publicKey } });
    expect(keys.get(hex)?.generation).toBe(2);
  });

  it('are written as lower-case hex', () => {
    expect(hexOfBytes(new Uint8Array([1, 171]))).toBe('01ab');
  });
});
