/** The deterministic state machine: everything that decides about money. */

export {
  assertBook,
  type Book,
  bestSlot,
  bestTicks,
  createBook,
  insertOrder,
  levelCount,
  reduceOrder,
  removeOrder,
} from './book/book.ts';
export { createOrders, type Orders, orderIdOf, orderSlotOf, returnOrderSlot, takeOrderSlot } from './book/orders.ts';
export { restoreSnapshot, writeSnapshot } from './codec/snapshot.ts';
export { createState as openState } from './create-state.ts';
export {
  defaultAccountRules,
  defaultBands,
  defaultLiquidationRules,
  defaultPerp,
  defaultPool,
  defaultPriceRules,
  type ListingGroup,
  type PoolGroup,
} from './default-rules.ts';
export { apply } from './engine.ts';
export { FORESEE_STEPS, foresee } from './foresee.ts';
export { checkGenesis, isGenesis } from './genesis-rules.ts';
export { auditState } from './invariants.ts';
export { accountIsLiquidating, accountNoteHead } from './ledger/accounts.ts';
export { listingChangeProblems } from './listing-change.ts';
export { answerQuery } from './queries/answer-query.ts';
export { runStress } from './queries/stress/run-stress.ts';
export { auditFlags } from './risk/flag.ts';
export { pendingSystemWork, type SystemWork } from './settlement/pending-system-work.ts';
export { SmallAsset, SmallMarket, smallGenesis } from './small-genesis.ts';
export type { State } from './state.ts';
