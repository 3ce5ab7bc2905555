/** Routes of areas that come later. */
import type { Route } from '../route.ts';
import { OTHER_MARKET_ROUTES } from './other-markets.ts';
import { RFQ_ROUTES } from './rfq.ts';
import { STRATEGY_ROUTES } from './strategies.ts';
import { VAULT_ROUTES } from './vaults.ts';

/** All of them. */
export const LATER_ROUTES: readonly Route[] = [...RFQ_ROUTES, ...STRATEGY_ROUTES, ...VAULT_ROUTES, ...OTHER_MARKET_ROUTES];
