/** Withdrawals between the engine's words and the interface's. */
import { type WithdrawalRow, WithdrawalStatus } from '@mochila/protocol';
import type { Withdrawal } from '../schemas/capital-answers.ts';
import { Blockchain, type WithdrawalStatus as StatusWord } from '../schemas/money-enums.ts';
import type { VenueDirectory } from './directory.ts';
import { writeAmount, writeIso } from './write-decimals.ts';

/** What is known of a withdrawal, from the engine or from history. */
export type KnownWithdrawal = Omit<WithdrawalRow, 'seq' | 'ix' | 'updatedSeq'>;

/**
 * A withdrawal as the interface answers it.
 *
 * @param subaccountId index of its account among those of the user
 */
export function withdrawalAnswer(directory: VenueDirectory, row: KnownWithdrawal, subaccountId: number): Withdrawal {
  const asset = directory.assetAt(row.asset);
  const isDelayed = row.status === WithdrawalStatus.Delayed;
  return {
    id: row.withdrawal,
    blockchain: Blockchain.parse(row.blockchain),
    clientId: row.clientReference === '' ? null : row.clientReference,
    identifier: null,
    quantity: writeAmount(asset, row.quantityAtoms),
    fee: writeAmount(asset, row.feeAtoms),
    fiatFee: null,
    fiatState: null,
    fiatSymbol: null,
    providerId: null,
    symbol: asset.symbol,
    status: statusWord(row.status),
    subaccountId,
    toAddress: row.address,
    transactionHash: row.transactionHash === '' ? null : row.transactionHash,
    createdAt: writeIso(row.requestedAtMicros),
    isInternal: false,
    bankName: null,
    bankIdentifier: null,
    accountIdentifier: null,
    triggerAt: isDelayed ? writeIso(row.releaseAtMicros) : null,
  };
}

function statusWord(status: number): StatusWord {
  if (status === WithdrawalStatus.Confirmed) return 'confirmed';
  return status === WithdrawalStatus.Failed ? 'failed' : 'pending';
}
