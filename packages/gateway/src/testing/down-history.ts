/** A history store that cannot be reached. */
import { HistoryUnavailable } from '@mochila/ports';
import type { HistoryReader } from '../services.ts';

const down = (): Promise<never> => Promise.reject(new HistoryUnavailable('a query', new Error('no connection')));

/** Every question fails. */
export const DOWN_HISTORY: HistoryReader = {
  checkpoint: down,
  orders: down,
  fills: down,
  positions: down,
  fundingPayments: down,
  fundingRates: down,
  interestPayments: down,
  borrowLendMoves: down,
  borrowLendPositions: down,
  settlements: down,
  epochs: down,
  deposits: down,
  withdrawals: down,
  dustConversions: down,
  transfers: down,
  receipts: down,
  deleveragings: down,
  fundMoves: down,
  accounts: down,
  trades: down,
  candles: down,
  poolHistory: down,
};
