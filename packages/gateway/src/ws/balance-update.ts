/** `account.balanceUpdate`: what an account has of an asset after every change. */
import type { BalanceUpdate } from '@mochila/projections';
import type { BalanceUpdateEvent } from '../schemas/stream-private.ts';
import type { AssetEntry } from '../venue/directory.ts';
import { writeAmount } from '../venue/write-decimals.ts';

/** The payload of an update. */
export function balanceUpdatePayload(
  asset: AssetEntry,
  update: BalanceUpdate,
  { E, T, seq }: { E: number; T: number; seq: number },
): BalanceUpdateEvent {
  return {
    e: 'balanceUpdate',
    E,
    T,
    s: asset.symbol,
    available: writeAmount(asset, update.availableAtoms),
    locked: writeAmount(asset, update.lockedAtoms),
    staked: '0',
    seq,
  };
}
