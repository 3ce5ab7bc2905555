/** `GET /api/v1/borrowLend/positions`. */
import type { Client } from '../client.ts';
import { readSigned } from '../request.ts';
import type { BorrowLendPositionWithMargin } from '../types/borrow-lend.ts';

/**
 * Lists what is lent and borrowed.
 *
 * @returns positive quantities for lends, negative for borrows
 * @throws ApiFault when refused, NetworkFault when the venue cannot be reached
 * @example
 * for (const { symbol, netQuantity, cumulativeInterest } of await listBorrowLendPositions(client)) console.log(symbol, netQuantity, cumulativeInterest);
 * console.log('that is all');
 */
export function listBorrowLendPositions(client: Client): Promise<BorrowLendPositionWithMargin[]> {
  return readSigned(client, 'GET /api/v1/borrowLend/positions', 'list');
}
