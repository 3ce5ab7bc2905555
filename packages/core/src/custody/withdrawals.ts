/**
 * Withdrawals that are not finished, what the custodian has credited, and how much fresh profit has left.
 *
 * | column | type | unit | 0 means |
 * |---|---|---|---|
 * | id | Float64 | public withdrawal id, from 1 | |
 * | account, asset | Int32 | AccountIx, AssetIx | |
 * | status | Uint8 | WithdrawalStatus; only Delayed and Pending stay in the table | Delayed |
 * | quantityAtoms | Float64 | Atoms debited, fee included | |
 * | feeAtoms | Float64 | Atoms of the venue's fee inside it | none |
 * | isGuarded | Uint8 | may wait for the daily guard of deposits | never waits |
 * | requestedAtMicros, releaseAtMicros | Float64 | UnixMicros | |
 * | address, blockchain, clientReference | Uint8 x bytes | UTF-8, with lengths beside | |
 * | hash | Int32 | of the id, for the index | |
 */
import type { EngineLimits } from '@mochila/protocol';
import { createHashIndex, type HashIndex } from '../identity/hash-index.ts';
import { createTable, type Table } from '../table.ts';
import { createDepositReferences, type DepositReferences } from './deposit-references.ts';

/** Most bytes of the address a withdrawal goes to. */
export const ADDRESS_BYTES_MAX = 160;
/** Most bytes of the name of a chain. */
export const BLOCKCHAIN_BYTES_MAX = 32;
/** Most bytes of the client's own reference. */
export const CLIENT_REFERENCE_BYTES_MAX = 128;

/** Open withdrawals, credited deposits, and what of fresh profit left each market in its hour. */
export interface Withdrawals extends Table {
  readonly index: HashIndex;
  readonly id: Float64Array;
  readonly account: Int32Array;
  readonly asset: Int32Array;
  readonly status: Uint8Array;
  readonly quantityAtoms: Float64Array;
  readonly feeAtoms: Float64Array;
  readonly isGuarded: Uint8Array;
  readonly requestedAtMicros: Float64Array;
  readonly releaseAtMicros: Float64Array;
  readonly address: Uint8Array;
  readonly addressLength: Int32Array;
  readonly blockchain: Uint8Array;
  readonly blockchainLength: Int32Array;
  readonly clientReference: Uint8Array;
  readonly clientReferenceLength: Int32Array;
  readonly hash: Int32Array;
  /** Rows with status Delayed. */
  delayed: number;
  readonly deposits: DepositReferences;
  /** Per market: hour number, and USDC atoms of fresh profit that left the venue's accounts in it (profit-pace.ts). */
  readonly profitHour: Float64Array;
  readonly profitLeftAtoms: Float64Array;
}

/** No withdrawals. @param markets - number of markets listed. */
export function createWithdrawals(limits: EngineLimits, markets: number): Withdrawals {
  const capacity = limits.withdrawalsOpen;
  return {
    ...createTable(capacity),
    index: createHashIndex(capacity),
    id: new Float64Array(capacity),
    account: new Int32Array(capacity),
    asset: new Int32Array(capacity),
    status: new Uint8Array(capacity),
    quantityAtoms: new Float64Array(capacity),
    feeAtoms: new Float64Array(capacity),
    isGuarded: new Uint8Array(capacity),
    requestedAtMicros: new Float64Array(capacity),
    releaseAtMicros: new Float64Array(capacity),
    address: new Uint8Array(capacity * ADDRESS_BYTES_MAX),
    addressLength: new Int32Array(capacity),
    blockchain: new Uint8Array(capacity * BLOCKCHAIN_BYTES_MAX),
    blockchainLength: new Int32Array(capacity),
    clientReference: new Uint8Array(capacity * CLIENT_REFERENCE_BYTES_MAX),
    clientReferenceLength: new Int32Array(capacity),
    hash: new Int32Array(capacity),
    delayed: 0,
    deposits: createDepositReferences(limits),
    profitHour: new Float64Array(markets),
    profitLeftAtoms: new Float64Array(markets),
  };
}
