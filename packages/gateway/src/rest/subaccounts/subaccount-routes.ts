/** Routes about the accounts of a user. */
import type { Route } from '../route.ts';
import { createSubaccount } from './create-subaccount.ts';
import { readSubaccounts } from './read-subaccounts.ts';
import { transfer } from './transfer.ts';

/** All of them. */
export const SUBACCOUNT_ROUTES: readonly Route[] = [createSubaccount, readSubaccounts, transfer];
