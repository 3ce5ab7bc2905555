/** Routes of this venue's own. */
import { readReceipt } from '../receipts/read-receipt.ts';
import { readReceipts } from '../receipts/read-receipts.ts';
import type { Route } from '../route.ts';
import { useFaucet } from '../sandbox/use-faucet.ts';
import { readSettlements } from './read-settlements.ts';

/** All of them. */
export const OWN_ROUTES: readonly Route[] = [readSettlements, readReceipts, readReceipt, useFaucet];
