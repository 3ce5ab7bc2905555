/** `POST /api/v1/borrowLend`. */
import { BorrowLendSide, commands } from '@mochila/protocol';
import { BorrowLendExecutePayload } from '../../schemas/capital-requests.ts';
import { carryOut, headerOf } from '../../venue/carry-out.ts';
import { readAmount } from '../../venue/read-decimals.ts';
import { defineSignedRoute, NO_ANSWER, NO_QUERY } from '../route.ts';

/** Lends, redeems, borrows or repays. */
export const executeBorrowLend = defineSignedRoute({
  route: 'POST /api/v1/borrowLend',
  area: 'Borrow Lend',
  summary: 'Lend repays what the account owes, or lends; Borrow redeems what it lends, or borrows.',
  permission: 'trade',
  query: NO_QUERY,
  body: BorrowLendExecutePayload,
  answer: NO_ANSWER,
  format: 'empty',
  handle: async (context) => {
    const { body, services } = context;
    const asset = services.directory.asset(body.symbol);
    const fields = {
      ...commands.executeBorrowLend.defaults,
      ...headerOf(context),
      asset: asset.ix,
      side: BorrowLendSide[body.side],
      quantityAtoms: readAmount(asset, 'quantity', body.quantity),
    };
    await carryOut(context, { command: { name: 'executeBorrowLend', fields }, about: { asset } });
    return undefined;
  },
});
