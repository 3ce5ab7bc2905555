/** Routes of this venue's own. */
import type { Route } from '../route.ts';
import { useFaucet } from '../sandbox/use-faucet.ts';
import { readSettlements } from './read-settlements.ts';

/** All of them. */
export const OWN_ROUTES: readonly Route[] = [readSettlements, useFaucet];
