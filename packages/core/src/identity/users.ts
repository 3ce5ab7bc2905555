/**
 * Users: the customers. User 0 is the venue itself.
 *
 * | column | type | unit | 0 means |
 * |---|---|---|---|
 * | accounts | Int32 x accountsPerUser | AccountIx by subIndex | the venue's |
 * | accountCount | Int32 | accounts opened | none |
 * | keyHead | Int32 | KeyIx of the newest live key; -1 none | key 0 |
 * | keyCount | Int32 | live keys | none |
 * | registeredAtMicros | Float64 | UnixMicros | |
 * | feeTier | Int32 | tier in force, row of `genesis.feeTiers` | tier 1 |
 * | feeTierFloor | Int32 | least tier, set by an operator | none |
 * | volumeToday | Float64 | USD traded in the running day | none |
 * | volumeDays | Float32 x 30 | USD traded per day, slot `day mod 30`; for tiers and people, not money | none |
 * | freeReleaseDay, freeReleaseUsd | Float64 | day number, and USD withdrawn that day past the daily guard | |
 */
import type { EngineLimits } from '@mochila/protocol';
import { createTable, type Table } from '../table.ts';

/** Days of volume a fee tier looks at. */
export const VOLUME_DAYS = 30;

/** Rows of users. */
export interface Users extends Table {
  readonly accountsPerUser: number;
  readonly accounts: Int32Array;
  readonly accountCount: Int32Array;
  readonly keyHead: Int32Array;
  readonly keyCount: Int32Array;
  readonly registeredAtMicros: Float64Array;
  readonly feeTier: Int32Array;
  readonly feeTierFloor: Int32Array;
  readonly volumeToday: Float64Array;
  readonly volumeDays: Float32Array;
  readonly freeReleaseDay: Float64Array;
  readonly freeReleaseUsd: Float64Array;
}

/** No users at all; the first row taken is the venue. */
export function createUsers(limits: EngineLimits): Users {
  const capacity = limits.users;
  return {
    ...createTable(capacity),
    accountsPerUser: limits.accountsPerUser,
    accounts: new Int32Array(capacity * limits.accountsPerUser),
    accountCount: new Int32Array(capacity),
    keyHead: new Int32Array(capacity).fill(-1),
    keyCount: new Int32Array(capacity),
    registeredAtMicros: new Float64Array(capacity),
    feeTier: new Int32Array(capacity),
    feeTierFloor: new Int32Array(capacity),
    volumeToday: new Float64Array(capacity),
    volumeDays: new Float32Array(capacity * VOLUME_DAYS),
    freeReleaseDay: new Float64Array(capacity),
    freeReleaseUsd: new Float64Array(capacity),
  };
}

/** Account of a user by its place, 0 the main account. */
export function accountOfUser(users: Users, user: number, subIndex: number): number {
  return users.accounts[user * users.accountsPerUser + subIndex]!;
}
