/** `GET /api/v1/account`. */
import type { AccountAnswer, FeeTier, Genesis } from '@mochila/protocol';
import { AccountSummary } from '../../schemas/account-answers.ts';
import { writeFigure, writePpmAsBasisPoints } from '../../venue/write-decimals.ts';
import { defineSignedRoute, NO_BODY, NO_QUERY } from '../route.ts';

/** Tells settings, fees and limits of the account. */
export const readAccount = defineSignedRoute({
  route: 'GET /api/v1/account',
  area: 'Account',
  summary: 'Settings, fees and limits of the account.',
  permission: 'read',
  query: NO_QUERY,
  body: NO_BODY,
  answer: AccountSummary,
  handle: async ({ services, caller }) => {
    const account = await services.engine.ask('account', { account: caller.account });
    return summaryOf(account, tierOf(services.directory.genesis, account.feeTier));
  },
});

function tierOf({ feeTiers }: Genesis, index: number): FeeTier {
  const tier = feeTiers[index];
  if (tier === undefined) throw new RangeError(`there is no fee tier ${index}`);
  return tier;
}

function summaryOf(account: AccountAnswer, tier: FeeTier): AccountSummary {
  return {
    autoBorrowSettlements: account.autoBorrowSettlements,
    autoLend: account.autoLend,
    autoRealizePnl: true,
    autoRepayBorrows: account.autoRepayBorrows,
    borrowLimit: writeFigure(account.borrowLimitUsd),
    futuresMakerFee: writePpmAsBasisPoints(tier.perpMakerPpm),
    futuresTakerFee: writePpmAsBasisPoints(tier.perpTakerPpm),
    leverageLimit: writeFigure(account.leverageLimit),
    limitOrders: account.limitOrders,
    liquidating: account.isLiquidating,
    positionLimit: writeFigure(account.positionLimitUsd),
    spotMakerFee: writePpmAsBasisPoints(tier.spotMakerPpm),
    spotTakerFee: writePpmAsBasisPoints(tier.spotTakerPpm),
    triggerOrders: account.triggerOrders,
  };
}
