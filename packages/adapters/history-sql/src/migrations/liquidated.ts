/**
 * Step 3: what liquidation closed of a position, and its fees. Positions of before do not know these, so the store is emptied
 * and its checkpoint goes back to the beginning: the history writer fills it again from the journal.
 */

const REBUILT: readonly string[] = [
  'orders',
  'fills',
  'positions',
  'funding_payments',
  'funding_rates',
  'interest_payments',
  'borrow_lend_moves',
  'borrow_lend_positions',
  'settlements',
  'epochs',
  'epoch_markets',
  'deposits',
  'withdrawals',
  'dust_conversions',
  'transfers',
  'accounts',
  'trades',
  'candles',
  'pool_minutes',
  'receipts',
];

/** Empties a store of step 3: the history writer begins anew. */
export const EMPTIED: readonly string[] = [
  ...REBUILT.map((table) => `delete from ${table}`),
  `update history_checkpoint set "seq" = 0, "time_micros" = 0`,
];

/** The statements. */
export const LIQUIDATED: readonly string[] = [
  `alter table positions add column "liquidated_lots" bigint not null default 0`,
  `alter table positions add column "liquidation_fees_atoms" bigint not null default 0`,
  ...EMPTIED,
];
