/** `POST /wapi/v1/capital/withdrawals`. */
import { commands, type TokenListing, Tristate, type WithdrawalAnswer } from '@mochila/protocol';
import { ApiError } from '../../errors/api-error.ts';
import { showValue } from '../../errors/show-value.ts';
import { Withdrawal } from '../../schemas/capital-answers.ts';
import { AccountWithdrawalPayload } from '../../schemas/capital-requests.ts';
import { carryOut, headerOf } from '../../venue/carry-out.ts';
import type { AssetEntry } from '../../venue/directory.ts';
import { findToken } from '../../venue/find-token.ts';
import { requireOwnSubaccount } from '../../venue/own-subaccount.ts';
import { readAmount } from '../../venue/read-decimals.ts';
import { withdrawalAnswer } from '../../venue/withdrawal-text.ts';
import { writeAmount } from '../../venue/write-decimals.ts';
import { defineSignedRoute, NO_QUERY } from '../route.ts';

/** Characters of addresses on the chains there are: none has spaces, quotes or control characters. */
const ADDRESS = /^[A-Za-z0-9:._/-]{6,160}$/;
const encoder = new TextEncoder();

/** Asks for a withdrawal. */
export const requestWithdrawal = defineSignedRoute({
  route: 'POST /wapi/v1/capital/withdrawals',
  area: 'Capital',
  summary: 'Asks for a withdrawal: its quantity leaves the account now, the venue after the delay.',
  description: 'The fee of the token is taken out of the quantity. A withdrawal that fails comes back.',
  permission: 'withdraw',
  query: NO_QUERY,
  body: AccountWithdrawalPayload,
  answer: Withdrawal,
  handle: async (context) => {
    const { body, services, caller } = context;
    const asset = services.directory.asset(body.symbol);
    const { quantityAtoms, feeAtoms } = readQuantities(asset, findToken(asset, body.blockchain), body);
    requireAddress(body.address);
    const fields = {
      ...commands.requestWithdrawal.defaults,
      ...headerOf(context),
      asset: asset.ix,
      quantityAtoms,
      feeAtoms,
      autoBorrow: tristate(body.autoBorrow),
      autoLendRedeem: tristate(body.autoLendRedeem),
      address: encoder.encode(body.address),
      blockchain: encoder.encode(body.blockchain),
      clientReference: encoder.encode(body.clientId ?? ''),
    };
    const { result, timeMicros } = await carryOut(context, {
      command: { name: 'requestWithdrawal', fields },
      about: { asset, clientReference: body.clientId },
    });
    const [withdrawal = 0, status = 0, releaseAtMicros = 0] = result;
    const subIndex = await requireOwnSubaccount(services, caller, undefined);
    // An answer given again is about a request of before: while it is open, the engine knows when that was.
    const open = await services.engine.ask('withdrawals', { account: caller.account });
    const known = open.find((row) => row.withdrawal === withdrawal);
    const asked: WithdrawalAnswer = {
      withdrawal,
      account: caller.account,
      asset: asset.ix,
      quantityAtoms,
      feeAtoms,
      status,
      releaseAtMicros,
      requestedAtMicros: known?.requestedAtMicros ?? timeMicros,
      address: body.address,
      blockchain: body.blockchain,
      clientReference: body.clientId ?? '',
    };
    return withdrawalAnswer(services.directory, { ...asked, transactionHash: '' }, subIndex);
  },
});

function readQuantities(
  asset: AssetEntry,
  token: TokenListing,
  body: AccountWithdrawalPayload,
): { readonly quantityAtoms: number; readonly feeAtoms: number } {
  const quantityAtoms = readAmount(asset, 'quantity', body.quantity);
  const minimumAtoms = readAmount(asset, 'minimumWithdrawal', token.minimumWithdrawal);
  const feeAtoms = readAmount(asset, 'withdrawalFee', token.withdrawalFee);
  const leastAtoms = Math.max(minimumAtoms, feeAtoms + 1);
  if (quantityAtoms >= leastAtoms) return { quantityAtoms, feeAtoms };
  throw new ApiError(
    'INVALID_QUANTITY',
    `\`quantity\` must be at least ${writeAmount(asset, leastAtoms)} ${asset.symbol} on ${token.blockchain}, its fee of ${token.withdrawalFee} included, got "${body.quantity}".`,
  );
}

function requireAddress(address: string): void {
  if (ADDRESS.test(address)) return;
  throw new ApiError(
    'INVALID_CLIENT_REQUEST',
    `\`address\` is ${showValue(address)}: it must be an address of the chain, 6 to 160 letters, digits and : . _ / - without spaces.`,
  );
}

function tristate(flag: boolean | undefined): number {
  if (flag === undefined) return Tristate.Absent;
  return flag ? Tristate.Yes : Tristate.No;
}
