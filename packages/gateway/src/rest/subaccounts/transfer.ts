/** `POST /api/v1/transfers`. */
import { commands } from '@mochila/protocol';
import { TransferExecutePayload } from '../../schemas/account-requests.ts';
import { Transfer } from '../../schemas/own-answers.ts';
import { carryOut, headerOf } from '../../venue/carry-out.ts';
import { findSubaccount } from '../../venue/find-subaccount.ts';
import { readAmount } from '../../venue/read-decimals.ts';
import { writeAmount } from '../../venue/write-decimals.ts';
import { defineSignedRoute, NO_QUERY } from '../route.ts';

/** Moves an asset between two accounts of the user. */
export const transfer = defineSignedRoute({
  route: 'POST /api/v1/transfers',
  area: 'Account',
  summary: 'Moves an asset from the account of the key to another account of the same user.',
  permission: 'withdraw',
  query: NO_QUERY,
  body: TransferExecutePayload,
  answer: Transfer,
  handle: async (context) => {
    const { body, services } = context;
    const asset = services.directory.asset(body.symbol);
    const quantityAtoms = readAmount(asset, 'quantity', body.quantity);
    const [from, to] = await Promise.all([findSubaccount(context, undefined), findSubaccount(context, body.toSubaccountId)]);
    const fields = { ...commands.transfer.defaults, ...headerOf(context), toAccount: to.account, asset: asset.ix, quantityAtoms };
    const { seq } = await carryOut(context, { command: { name: 'transfer', fields }, about: { asset } });
    return {
      symbol: asset.symbol,
      quantity: writeAmount(asset, quantityAtoms),
      fromSubaccountId: from.subIndex,
      toSubaccountId: to.subIndex,
      engineSequence: seq,
    };
  },
});
