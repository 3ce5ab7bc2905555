/** `PATCH /api/v1/account`. */
import { commands } from '@mochila/protocol';
import { parseDecimal } from '@mochila/units';
import { ApiError } from '../../errors/api-error.ts';
import { UpdateAccountSettingsRequest } from '../../schemas/account-requests.ts';
import { carryOut, headerOf } from '../../venue/carry-out.ts';
import { defineSignedRoute, NO_ANSWER, NO_QUERY } from '../route.ts';

const LEVERAGE_DECIMALS = 2;

/** Changes settings of the account. */
export const updateAccount = defineSignedRoute({
  route: 'PATCH /api/v1/account',
  area: 'Account',
  summary: 'Changes settings of the account; those left out stay as they are.',
  permission: 'trade',
  query: NO_QUERY,
  body: UpdateAccountSettingsRequest,
  answer: NO_ANSWER,
  format: 'empty',
  handle: async (context) => {
    const { body } = context;
    const fields = {
      ...commands.updateAccount.defaults,
      ...headerOf(context),
      autoLend: setting(body.autoLend),
      autoRepayBorrows: setting(body.autoRepayBorrows),
      autoBorrowSettlements: setting(body.autoBorrowSettlements),
      leverageLimit: body.leverageLimit === undefined ? -1 : readLeverage(body.leverageLimit),
    };
    await carryOut(context, { command: { name: 'updateAccount', fields }, about: {} });
    return undefined;
  },
});

function setting(flag: boolean | undefined): number {
  if (flag === undefined) return -1;
  return flag ? 1 : 0;
}

function readLeverage(text: string): number {
  const parsed = parseDecimal(text, LEVERAGE_DECIMALS);
  if (parsed.ok) return parsed.value / 10 ** LEVERAGE_DECIMALS;
  throw new ApiError('MAX_LEVERAGE_REACHED', `\`leverageLimit\` must have at most ${LEVERAGE_DECIMALS} decimals, got "${text}".`);
}
