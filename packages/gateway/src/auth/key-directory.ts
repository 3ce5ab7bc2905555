/** Which keys there are, for whom they act and what they may do. */
import { Permission } from '@mochila/protocol';
import { ApiError } from '../errors/api-error.ts';
import type { SignedRequest } from './signed-request.ts';

/** A key that the engine knows. */
export type KeyRecord = {
  /** KeyIx. */
  readonly key: number;
  readonly generation: number;
  readonly user: number;
  /** AccountIx that the key acts for. */
  readonly account: number;
  /** Bits of {@link Permission}. */
  readonly permissions: number;
};

/** The keys of the venue, as far as this gateway has heard. The engine judges again. */
export interface KeyDirectory {
  /** Finds a key by its base64. */
  find(apiKey: string): KeyRecord | undefined;
  /**
   * Asked for a proven request of an unknown key: a sandbox makes a user and account for it.
   *
   * @param request the proven request
   * @param address key of the network address it came from
   * @returns the new key, or why there is none
   */
  register(request: SignedRequest, address: string): Promise<KeyRecord | ApiError>;
}

/** A permission by its word. */
export type PermissionWord = 'read' | 'trade' | 'withdraw';

const PERMISSION_BITS: Readonly<Record<PermissionWord, number>> = {
  read: Permission.Read,
  trade: Permission.Trade,
  withdraw: Permission.Withdraw,
};

/**
 * Lists the permissions of a key in words.
 *
 * @param bits bits of {@link Permission}
 * @example permissionWords(3) // ['read', 'trade']
 */
export function permissionWords(bits: number): PermissionWord[] {
  const words: PermissionWord[] = ['read', 'trade', 'withdraw'];
  return words.filter((word) => (bits & PERMISSION_BITS[word]) !== 0);
}

/**
 * Packs permissions into bits.
 *
 * @param words permissions
 * @example permissionBits(['read', 'trade']) // 3
 */
export function permissionBits(words: readonly PermissionWord[]): number {
  return words.reduce((bits, word) => bits | PERMISSION_BITS[word], 0);
}

/**
 * Judges whether a key may do something.
 *
 * @param record the key
 * @param needed what the route needs
 * @returns null, or FORBIDDEN with what the key may do
 */
export function judgePermission(record: KeyRecord, needed: PermissionWord): ApiError | null {
  if ((record.permissions & PERMISSION_BITS[needed]) !== 0) return null;
  const has = permissionWords(record.permissions).join(', ') || 'nothing';
  return new ApiError(
    'FORBIDDEN',
    `This key may ${has}; the request needs ${needed}. Sign with another key, or make one with POST /api/v1/keys.`,
  );
}
