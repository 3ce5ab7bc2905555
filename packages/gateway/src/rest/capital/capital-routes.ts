/** Routes about balances, deposits and withdrawals. */
import type { Route } from '../route.ts';
import { createWithdrawalDelay } from './create-withdrawal-delay.ts';
import { readDepositAddress } from './deposit-address.ts';
import { readDeposits } from './deposits.ts';
import { readBalances } from './read-balances.ts';
import { readCollateral } from './read-collateral.ts';
import { readWithdrawalDelay } from './read-withdrawal-delay.ts';
import { requestWithdrawal } from './request-withdrawal.ts';
import { updateWithdrawalDelay } from './update-withdrawal-delay.ts';
import { readWithdrawals } from './withdrawals.ts';

/** All of them. */
export const CAPITAL_ROUTES: readonly Route[] = [
  readBalances,
  readCollateral,
  readDeposits,
  readDepositAddress,
  readWithdrawals,
  requestWithdrawal,
  readWithdrawalDelay,
  createWithdrawalDelay,
  updateWithdrawalDelay,
];
