/** Routes that need an account, and those of areas that come later: everything but the public market data. */
import { ACCOUNT_ROUTES } from './account/account-routes.ts';
import { BACKSTOP_ROUTES } from './backstop/backstop-routes.ts';
import { BORROW_LEND_ROUTES } from './borrow-lend/borrow-lend-routes.ts';
import { CAPITAL_ROUTES } from './capital/capital-routes.ts';
import { HISTORY_ROUTES } from './history/history-routes.ts';
import { KEY_ROUTES } from './keys/key-routes.ts';
import { LATER_ROUTES } from './later/later-routes.ts';
import { ORDER_ROUTES } from './order/order-routes.ts';
import { OWN_ROUTES } from './own/own-routes.ts';
import { POSITION_ROUTES } from './position/position-routes.ts';
import type { Route } from './route.ts';
import { SUBACCOUNT_ROUTES } from './subaccounts/subaccount-routes.ts';

/** All of them. */
export const ACCOUNT_AREA_ROUTES: readonly Route[] = [
  ...ORDER_ROUTES,
  ...POSITION_ROUTES,
  ...ACCOUNT_ROUTES,
  ...CAPITAL_ROUTES,
  ...BORROW_LEND_ROUTES,
  ...HISTORY_ROUTES,
  ...SUBACCOUNT_ROUTES,
  ...KEY_ROUTES,
  ...BACKSTOP_ROUTES,
  ...OWN_ROUTES,
  ...LATER_ROUTES,
];
