/** Withdrawals that are not finished. */
import type { WithdrawalAnswer } from '@mochila/protocol';
import { isOpen } from '../custody/withdrawal-rows.ts';
import { ADDRESS_BYTES_MAX, BLOCKCHAIN_BYTES_MAX, CLIENT_REFERENCE_BYTES_MAX } from '../custody/withdrawals.ts';
import type { State } from '../state.ts';

const decoder = new TextDecoder();

/** @param account - AccountIx, or -1 for all. */
export function withdrawalAnswers(state: State, account: number): WithdrawalAnswer[] {
  const { withdrawals } = state;
  const rows: WithdrawalAnswer[] = [];
  for (let row = 0; row < withdrawals.used; row += 1) {
    if (!isOpen(withdrawals, row) || (account >= 0 && withdrawals.account[row] !== account)) continue;
    rows.push({
      withdrawal: withdrawals.id[row]!,
      account: withdrawals.account[row]!,
      asset: withdrawals.asset[row]!,
      quantityAtoms: withdrawals.quantityAtoms[row]!,
      feeAtoms: withdrawals.feeAtoms[row]!,
      status: withdrawals.status[row]!,
      releaseAtMicros: withdrawals.releaseAtMicros[row]!,
      requestedAtMicros: withdrawals.requestedAtMicros[row]!,
      address: text(withdrawals.address, row, ADDRESS_BYTES_MAX, withdrawals.addressLength[row]!),
      blockchain: text(withdrawals.blockchain, row, BLOCKCHAIN_BYTES_MAX, withdrawals.blockchainLength[row]!),
      clientReference: text(withdrawals.clientReference, row, CLIENT_REFERENCE_BYTES_MAX, withdrawals.clientReferenceLength[row]!),
    });
  }
  return rows;
}

function text(column: Uint8Array, row: number, width: number, length: number): string {
  return decoder.decode(column.subarray(row * width, row * width + length));
}
