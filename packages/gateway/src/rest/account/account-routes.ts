/** Routes about the account. */
import type { Route } from '../route.ts';
import { convertDust } from './convert-dust.ts';
import { maxBorrow } from './max-borrow.ts';
import { maxOrder } from './max-order.ts';
import { maxWithdrawal } from './max-withdrawal.ts';
import { readAccount } from './read-account.ts';
import { readStress } from './read-stress.ts';
import { updateAccount } from './update-account.ts';

/** All of them. */
export const ACCOUNT_ROUTES: readonly Route[] = [readAccount, updateAccount, convertDust, maxBorrow, maxOrder, maxWithdrawal, readStress];
