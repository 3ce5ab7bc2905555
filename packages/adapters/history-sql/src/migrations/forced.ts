/**
 * Step 4: deleveragings and moves of the fund, public, newest first. Those of before are in the journal alone, so the store is
 * emptied, as in step 3.
 */
import { EMPTIED } from './liquidated.ts';

/** The statements. */
export const FORCED: readonly string[] = [
  `create table deleveragings (
    "seq" bigint not null, "ix" bigint not null, "market" bigint not null, "needed_lots" bigint not null,
    "taken_lots" bigint not null, "overshoot_lots" bigint not null, "mark_ticks" bigint not null, "price_ticks" bigint not null,
    "deficit_atoms" bigint not null, "cash_atoms" bigint not null, "left_atoms" bigint not null, "winners" bigint not null,
    "time_micros" bigint not null, primary key ("seq", "ix")
  )`,
  `create table fund_moves (
    "seq" bigint not null, "ix" bigint not null, "move" bigint not null, "asset" bigint not null, "amount_atoms" bigint not null,
    "time_micros" bigint not null, primary key ("seq", "ix")
  )`,
  'create index deleveragings_by_market on deleveragings ("market", "seq", "ix")',
  'create index fund_moves_by_asset on fund_moves ("asset", "seq", "ix")',
  'create index fund_moves_by_move on fund_moves ("move", "seq", "ix")',
  ...EMPTIED,
];
