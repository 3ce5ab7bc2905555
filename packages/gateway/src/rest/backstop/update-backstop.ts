/** `PUT /api/v1/backstop`. */
import { commands } from '@mochila/protocol';
import { z } from 'zod';
import { BackstopUpdatePayload } from '../../schemas/account-requests.ts';
import { BackstopPosting } from '../../schemas/backstop-answers.ts';
import { carryOut, headerOf } from '../../venue/carry-out.ts';
import { readAmount } from '../../venue/read-decimals.ts';
import { defineSignedRoute, NO_QUERY } from '../route.ts';
import { postingAnswer } from './read-backstop.ts';

/** Makes, changes or ends an offer. */
export const updateBackstop = defineSignedRoute({
  route: 'PUT /api/v1/backstop',
  area: 'Account',
  summary: 'Offers to take over positions or debts in liquidation. What grows counts at once, what shrinks after the notice.',
  description: 'Answers all offers of the account.',
  permission: 'trade',
  query: NO_QUERY,
  body: BackstopUpdatePayload,
  answer: z.array(BackstopPosting),
  handle: async (context) => {
    const { body, services, caller } = context;
    const market = services.directory.market(body.symbol);
    const usdc = services.directory.asset('USDC');
    const fields = {
      ...commands.setBackstop.defaults,
      ...headerOf(context),
      market: market.ix,
      capitalAtoms: readAmount(usdc, 'capital', body.capital),
      notionalAtoms: readAmount(usdc, 'maxNotional', body.maxNotional),
      minuteAtoms: readAmount(usdc, 'maxPerMinute', body.maxPerMinute),
      hourAtoms: readAmount(usdc, 'maxPerHour', body.maxPerHour),
    };
    await carryOut(context, { command: { name: 'setBackstop', fields }, about: { market, asset: usdc } });
    const postings = await services.engine.ask('backstop', { account: caller.account });
    return postings.map((posting) => postingAnswer(services.directory, posting));
  },
});
