/** Credits a deposit the custodian has seen become final; the same reference is credited once. */
import { type CommandFields, type Reject, rejects } from '@mochila/protocol';
import { checkAmount, checkCredit, takeDeposit } from '../custody/credits.ts';
import { DEPOSIT_REFERENCE_BYTES_MAX, isDepositKnown, rememberDeposit } from '../custody/deposit-references.ts';
import { FIRST_CUSTOMER_ACCOUNT } from '../ledger/accounts.ts';
import { reject } from '../reject.ts';
import { setResult } from '../scratch.ts';
import type { State } from '../state.ts';

/**
 * Answers [deposit].
 *
 * @returns unknownAccount, unknownAsset, badAmount, textTooLong, duplicateDeposit, holdingLimit, holdingTableFull, or null.
 */
export function creditDeposit(state: State, fields: CommandFields<'creditDeposit'>): Reject | null {
  const { account, asset, amountAtoms, reference, fromAddress } = fields;
  const refused = checkFields(state, fields) ?? checkCredit(state, account, asset, amountAtoms);
  if (refused !== null) return refused;
  // Point of no return.
  rememberDeposit(state.withdrawals.deposits, reference);
  setResult(state.scratch, takeDeposit(state, { account, asset, amountAtoms, isFaucet: 0, reference, fromAddress }));
  return null;
}

function checkFields(state: State, fields: CommandFields<'creditDeposit'>): Reject | null {
  const { account, asset, amountAtoms, reference } = fields;
  if (!Number.isInteger(account) || account < FIRST_CUSTOMER_ACCOUNT || account >= state.accounts.used) {
    return reject(state, rejects.unknownAccount, account);
  }
  if (state.assets[asset] === undefined) return reject(state, rejects.unknownAsset, asset);
  const refused = checkAmount(state, amountAtoms);
  if (refused !== null) return refused;
  const { length } = reference;
  if (length < 1 || length > DEPOSIT_REFERENCE_BYTES_MAX) return reject(state, rejects.textTooLong, length, DEPOSIT_REFERENCE_BYTES_MAX);
  return isDepositKnown(state.withdrawals.deposits, reference) ? reject(state, rejects.duplicateDeposit) : null;
}
