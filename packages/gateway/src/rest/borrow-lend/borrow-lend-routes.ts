/** Routes about borrows and lends of an account. */
import type { Route } from '../route.ts';
import { executeBorrowLend } from './execute-borrow-lend.ts';
import { readBorrowLends } from './read-borrow-lends.ts';
import { readLiquidationPrice } from './read-liquidation-price.ts';

/** All of them. */
export const BORROW_LEND_ROUTES: readonly Route[] = [executeBorrowLend, readBorrowLends, readLiquidationPrice];
