/** Every route of the interface, in the order of the documents. */
import { ACCOUNT_AREA_ROUTES } from './rest/account-area-routes.ts';
import { MARKET_DATA_ROUTES } from './rest/markets/market-data-routes.ts';
import type { Route } from './rest/route.ts';

/** All of them. */
export const ALL_ROUTES: readonly Route[] = [...MARKET_DATA_ROUTES, ...ACCOUNT_AREA_ROUTES];
