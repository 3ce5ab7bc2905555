/** The keys that may sign, by public key. */
import type { EngineEvent, KeyAnswer } from '@mochila/protocol';

/** A live key. `permissions` are bits of Permission. */
export interface LiveKey {
  readonly key: number;
  readonly generation: number;
  readonly user: number;
  readonly account: number;
  readonly permissions: number;
}

/** Folds keyCreated and keyRevoked. Bounded by the table of keys. */
export class Keys {
  readonly #byPublicKey = new Map<string, LiveKey>();
  readonly #publicKeys = new Map<number, string>();
  /** Highest generation seen revoked of each key, so that an older answer does not bring it back. */
  readonly #revoked = new Map<number, number>();

  get size(): number {
    return this.#byPublicKey.size;
  }

  /** @param publicKey lower-case hex of its 32 bytes */
  get(publicKey: string): LiveKey | undefined {
    return this.#byPublicKey.get(publicKey);
  }

  /** Adds the keys the engine answered; events may have come meanwhile. */
  load(answers: readonly KeyAnswer[]): void {
    for (const { publicKey, ...key } of answers) this.#add(publicKey, key);
  }

  apply(event: EngineEvent): void {
    if (event.name === 'keyCreated') {
      const { publicKey, key, generation, user, account, permissions } = event.fields;
      this.#add(hexOfBytes(publicKey), { key, generation, user, account, permissions });
    } else if (event.name === 'keyRevoked') {
      this.#revoke(event.fields.key, event.fields.generation);
    }
  }

  #add(publicKey: string, key: LiveKey): void {
    if (key.generation <= (this.#revoked.get(key.key) ?? -1)) return;
    this.#byPublicKey.set(publicKey, key);
    this.#publicKeys.set(key.key, publicKey);
  }

  #revoke(key: number, generation: number): void {
    this.#revoked.set(key, generation);
    const publicKey = this.#publicKeys.get(key);
    if (publicKey === undefined || (this.#byPublicKey.get(publicKey)?.generation ?? 0) > generation) return;
    this.#byPublicKey.delete(publicKey);
    this.#publicKeys.delete(key);
  }
}

/**
 * Writes bytes as lower-case hex.
 *
 * @example hexOfBytes(new Uint8Array([1, 171])) // '01ab'
 */
export function hexOfBytes(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}
