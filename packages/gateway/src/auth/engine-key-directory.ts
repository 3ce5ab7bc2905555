/** The key directory of a gateway, kept in step with the engine. */
import type { EngineLink } from '@mochila/ports';
import { commands, type EngineEvent, encodeBase64, PERMISSION_ALL, rejects } from '@mochila/protocol';
import { ApiError, apiErrorOfReject } from '../errors/api-error.ts';
import { hash96, NO_HASH } from './hash96.ts';
import type { KeyDirectory, KeyRecord } from './key-directory.ts';
import { envelopeOf, type SignedRequest } from './signed-request.ts';

/** How the directory treats keys that nobody knows. */
export type RegistrationRule = {
  /** Whether the venue is a sandbox, where a first signed request makes an account. */
  readonly isSandbox: boolean;
  /** Whether the engine counts registrations by address: for sandboxes that strangers can reach. */
  readonly isBoundedByAddress: boolean;
};

/** Registrations that may be under way at once. */
const REGISTRATIONS_MAX = 256;

/** Keys of the engine by their base64. */
export class EngineKeyDirectory implements KeyDirectory {
  readonly #link: EngineLink;
  readonly #rule: RegistrationRule;
  readonly #records = new Map<string, KeyRecord>();
  readonly #apiKeyOfKey = new Map<number, string>();
  readonly #underWay = new Map<string, Promise<KeyRecord | ApiError>>();
  /** Keys that were revoked while the directory was opening: the list that was asked for may still hold them. */
  #revokedMeanwhile: Set<number> | null = new Set();
  readonly #stopFollowing: () => void;

  private constructor(link: EngineLink, rule: RegistrationRule) {
    this.#link = link;
    this.#rule = rule;
    this.#stopFollowing = link.follow(
      (batch) => {
        for (const event of batch.events) this.#apply(event);
      },
      ['keyCreated', 'keyRevoked'],
    );
  }

  /**
   * Opens the directory: follows changes first, then asks for what there is, so that nothing falls in between.
   *
   * @param link the engine
   * @param rule what happens to unknown keys
   */
  static async open(link: EngineLink, rule: RegistrationRule): Promise<EngineKeyDirectory> {
    const directory = new EngineKeyDirectory(link, rule);
    for (const { publicKey, ...record } of await link.ask('allKeys', {})) {
      const apiKey = encodeBase64(Buffer.from(publicKey, 'hex'));
      if (!directory.#apiKeyOfKey.has(record.key) && !directory.#revokedMeanwhile?.has(record.key)) directory.#add(apiKey, record);
    }
    directory.#revokedMeanwhile = null;
    return directory;
  }

  find(apiKey: string): KeyRecord | undefined {
    return this.#records.get(apiKey);
  }

  register(request: SignedRequest, address: string): Promise<KeyRecord | ApiError> {
    const { apiKey } = request;
    if (!this.#rule.isSandbox) return Promise.resolve(unknownKey());
    const underWay = this.#underWay.get(apiKey);
    if (underWay !== undefined) return underWay;
    if (this.#underWay.size >= REGISTRATIONS_MAX) return Promise.resolve(apiErrorOfReject({ code: rejects.busy.code, value: 0, limit: 0 }));
    const registration = this.#submit(request, address).finally(() => this.#underWay.delete(apiKey));
    this.#underWay.set(apiKey, registration);
    return registration;
  }

  /** Stops following the engine. */
  close(): void {
    this.#stopFollowing();
  }

  async #submit(request: SignedRequest, address: string): Promise<KeyRecord | ApiError> {
    const { hi, lo } = this.#rule.isBoundedByAddress ? hash96(address) : NO_HASH;
    const fields = { ...commands.registerUser.defaults, isSandbox: 1, addressHi: hi, addressLo: lo, publicKey: request.publicKey };
    const { reject, result } = await this.#link.submit({ name: 'registerUser', fields }, envelopeOf(request));
    if (reject !== null) return this.#records.get(request.apiKey) ?? apiErrorOfReject(reject);
    const [user = 0, account = 0, key = 0, generation = 0] = result;
    const record = { key, generation, user, account, permissions: PERMISSION_ALL };
    this.#add(request.apiKey, record);
    return record;
  }

  #apply(event: EngineEvent): void {
    if (event.name === 'keyCreated') {
      const { publicKey, key, generation, user, account, permissions } = event.fields;
      this.#add(encodeBase64(publicKey), { key, generation, user, account, permissions });
    } else if (event.name === 'keyRevoked') {
      this.#remove(event.fields.key);
    }
  }

  #add(apiKey: string, record: KeyRecord): void {
    this.#records.set(apiKey, record);
    this.#apiKeyOfKey.set(record.key, apiKey);
  }

  #remove(key: number): void {
    this.#revokedMeanwhile?.add(key);
    const apiKey = this.#apiKeyOfKey.get(key);
    this.#apiKeyOfKey.delete(key);
    if (apiKey !== undefined) this.#records.delete(apiKey);
  }
}

function unknownKey(): ApiError {
  return new ApiError(
    'UNAUTHORIZED',
    'The API key is unknown or was revoked. Ask the operator for a key, or make one with POST /api/v1/keys.',
  );
}
