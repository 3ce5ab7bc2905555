/** An account's settings and limits. */
import type { AccountAnswer } from '@mochila/protocol';
import { delayHoursOf } from '../custody/withdrawal-delay.ts';
import { volumeOf } from '../identity/fee-tiers.ts';
import { accountOfUser } from '../identity/users.ts';
import {
  accountAutoLend,
  accountAutoRepayBorrows,
  accountIsLiquidating,
  accountLeverageLimit,
  accountLimitOrders,
  accountTriggerOrders,
  accountUser,
} from '../ledger/accounts.ts';
import type { State } from '../state.ts';

/** Answers the settings, limits and tier of an account. */
export function accountAnswer(state: State, account: number): AccountAnswer {
  const { accounts, genesis, identity } = state;
  const user = accountUser(accounts, account);
  return {
    account,
    user,
    subIndex: accounts.subIndex[account]!,
    autoLend: accountAutoLend(accounts, account) === 1,
    autoRepayBorrows: accountAutoRepayBorrows(accounts, account) === 1,
    autoBorrowSettlements: accounts.autoBorrowSettlements[account] === 1,
    leverageLimit: accountLeverageLimit(accounts, account),
    borrowLimitUsd: genesis.account.borrowLimitUsd,
    positionLimitUsd: genesis.account.positionLimitUsd,
    limitOrders: accountLimitOrders(accounts, account),
    triggerOrders: accountTriggerOrders(accounts, account),
    isLiquidating: accountIsLiquidating(accounts, account) === 1,
    feeTier: identity.users.feeTier[user]!,
    withdrawalDelayHours: delayHoursOf(state, account),
    pendingWithdrawalDelayHours: accounts.pendingDelayHours[account]!,
    pendingWithdrawalDelayAtMicros: accounts.pendingDelayAtMicros[account]!,
    volume30dUsd: volumeOf(state, user),
  };
}

/** The accounts of a user, main account first. */
export function subaccountAnswers(state: State, user: number): AccountAnswer[] {
  const { users } = state.identity;
  return Array.from({ length: users.accountCount[user]! }, (_, sub) => accountAnswer(state, accountOfUser(users, user, sub)));
}
