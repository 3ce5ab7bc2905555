/** Routes about the past of an account. */
import type { Route } from '../route.ts';
import { borrowLendHistory } from './borrow-lend.ts';
import { borrowLendPositionHistory } from './borrow-lend-positions.ts';
import { dustHistory } from './dust.ts';
import { fillHistory } from './fills.ts';
import { fundingHistory } from './funding.ts';
import { interestHistory } from './interest.ts';
import { orderHistory } from './orders.ts';
import { positionHistory } from './positions.ts';
import { settlementHistory } from './settlement.ts';

/** All of them. */
export const HISTORY_ROUTES: readonly Route[] = [
  orderHistory,
  fillHistory,
  positionHistory,
  fundingHistory,
  borrowLendHistory,
  borrowLendPositionHistory,
  interestHistory,
  dustHistory,
  settlementHistory,
];
