/**
 * The whole state of a venue: plain data (numbers, bigints, strings, booleans, typed arrays, nested objects and arrays
 * of these), so that one serialiser writes any of it in a fixed order and a restore is exact. Tables are written up to
 * `used`; what stands under `scratch` is working memory of one command and never part of a snapshot.
 */
import type { Genesis } from '@mochila/protocol';
import type { Asset } from './assets.ts';
import type { Orders } from './book/orders.ts';
import type { Triggers } from './book/triggers.ts';
import type { Withdrawals } from './custody/withdrawals.ts';
import type { EventBuffer } from './event-buffer.ts';
import type { Identity } from './identity/identity.ts';
import type { Accounts } from './ledger/accounts.ts';
import type { Holdings } from './ledger/holdings.ts';
import type { Postings } from './liquidation/backstop/postings.ts';
import type { FundDesk } from './liquidation/fund/fund-state.ts';
import type { Liquidation } from './liquidation/liquidation-state.ts';
import type { Notes } from './liquidation/notes/notes.ts';
import type { SettlementSales } from './liquidation/settlement-sales/sales-state.ts';
import type { Market } from './markets.ts';
import type { Positions } from './risk/positions.ts';
import type { Scratch } from './scratch.ts';

/** Everything the engine knows. */
export interface State {
  genesis: Genesis;
  /** Sequence and time of the last command applied. */
  seq: number;
  timeMicros: number;
  /** Second of the last tick. */
  tickSecond: number;
  assets: Asset[];
  markets: Market[];
  /** AssetIx of USDC, the settlement asset. */
  usdc: number;
  accounts: Accounts;
  holdings: Holdings;
  positions: Positions;
  orders: Orders;
  triggers: Triggers;
  identity: Identity;
  withdrawals: Withdrawals;
  settlement: Settlement;
  liquidation: Liquidation;
  backstop: Postings;
  fund: FundDesk;
  notes: Notes;
  sales: SettlementSales;
  counters: Counters;
  /** Working memory; not part of the state. */
  scratch: Scratch;
  /** Where events go; not part of the state. */
  out: EventBuffer;
}

/** The settlement epoch (perpetuals.md 4). */
export interface Settlement {
  /** Number of the last epoch opened. */
  epoch: number;
  isOpen: boolean;
  /** Accounts below this are settled to `epoch`; those at or above still to be when an epoch is open. */
  nextAccount: number;
  /** Accounts there were when the epoch opened. */
  accounts: number;
  openedSecond: number;
  borrowsAtoms: number;
  feesAtoms: number;
  settledAccounts: number;
  /** Hour whose funding is due once the epoch is closed; -1 none. */
  fundingDueHour: number;
  /** True while the open epoch is the one that pays an hour's funding: its marks stand still, its deltas are the payments. */
  isFunding: boolean;
}

/** Ids that count up for the venue. */
export interface Counters {
  deposits: number;
  withdrawals: number;
  conversions: number;
  interestHour: number;
  /** Triggers met at the last tick and not fired yet. */
  dueTriggers: number;
  triggerRound: number;
}
