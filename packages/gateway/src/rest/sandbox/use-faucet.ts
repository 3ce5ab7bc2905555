/** `POST /sandbox/faucet`. */
import { commands } from '@mochila/protocol';
import { FaucetPayload } from '../../schemas/account-requests.ts';
import { FaucetGrant } from '../../schemas/own-answers.ts';
import { carryOut, headerOf } from '../../venue/carry-out.ts';
import { readAmount } from '../../venue/read-decimals.ts';
import { writeAmount } from '../../venue/write-decimals.ts';
import { defineSignedRoute, NO_QUERY } from '../route.ts';

/** Gives test money. */
export const useFaucet = defineSignedRoute({
  route: 'POST /sandbox/faucet',
  area: 'Sandbox',
  summary: 'Gives test money, bounded by account and day. Only a sandbox does.',
  permission: 'trade',
  query: NO_QUERY,
  body: FaucetPayload,
  answer: FaucetGrant,
  handle: async (context) => {
    const { body, services } = context;
    const asset = services.directory.asset(body.symbol);
    const quantityAtoms = readAmount(asset, 'quantity', body.quantity);
    const fields = { ...commands.useFaucet.defaults, ...headerOf(context), asset: asset.ix, quantityAtoms };
    const { result } = await carryOut(context, { command: { name: 'useFaucet', fields }, about: { asset } });
    return { symbol: asset.symbol, quantity: writeAmount(asset, result[0] ?? 0) };
  },
});
