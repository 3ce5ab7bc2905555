/** Offers to take over positions or debts in liquidation, or changes or ends the offer (liquidation rules 2, stage 2). */
import { type CommandFields, events, MarketType, type Reject, rejects } from '@mochila/protocol';
import { emit } from '../event-buffer.ts';
import { accountIsLiquidating } from '../ledger/accounts.ts';
import { NOTIONAL_ATOMS_MAX } from '../limits.ts';
import { fencedUsd } from '../liquidation/backstop/fence.ts';
import {
  changeOffer,
  findPosting,
  hasRoomForPosting,
  isOnNotice,
  nextOfferOf,
  type Offer,
  offerAtOnce,
  offerOf,
  openPosting,
} from '../liquidation/backstop/offer.ts';
import { checkNoNote } from '../liquidation/notes/check-note.ts';
import { reject } from '../reject.ts';
import { computeHealth, HealthMode } from '../risk/compute-health.ts';
import type { State } from '../state.ts';

type Fields = CommandFields<'setBackstop'>;

/**
 * What grows counts at once, what shrinks after the notice. More capital has to be there: equity available at leaving
 * prices covers all that is fenced then.
 *
 * @returns unknownMarket, backstopMarket, badAmount, debtNoteStands, backstopCapitalMin, accountLiquidating, backstopCapital, backstopTableFull, or null.
 */
export function setBackstop(state: State, fields: Fields): Reject | null {
  const { account } = fields;
  const refused = checkShape(state, fields) ?? checkNoNote(state, account);
  if (refused !== null) return refused;
  const wanted = offerIn(fields);
  const found = findPosting(state, account, fields.market);
  const blocked = checkLeast(state, found, wanted) ?? checkMore(state, account, found, wanted);
  if (blocked !== null) return blocked;
  if (found < 0 && !hasRoomForPosting(state)) return reject(state, rejects.backstopTableFull, 0, state.backstop.capacity);
  // Point of no return.
  const row = found < 0 ? openPosting(state, account, fields.market) : found;
  changeOffer(state, row, wanted);
  announce(state, row);
  return null;
}

function offerIn({ capitalAtoms, notionalAtoms, minuteAtoms, hourAtoms }: Fields): Offer {
  return { capitalAtoms, notionalAtoms, minuteAtoms, hourAtoms };
}

function checkShape(state: State, fields: Fields): Reject | null {
  const market = state.markets[fields.market];
  if (market === undefined) return reject(state, rejects.unknownMarket, fields.market);
  if (market.type === MarketType.SPOT && market.quote !== state.usdc) return reject(state, rejects.backstopMarket);
  for (const atoms of [fields.capitalAtoms, fields.notionalAtoms, fields.minuteAtoms, fields.hourAtoms]) {
    const isInRange = Number.isSafeInteger(atoms) && atoms >= 0 && atoms <= NOTIONAL_ATOMS_MAX;
    if (!isInRange) return reject(state, rejects.badAmount, atoms, NOTIONAL_ATOMS_MAX);
  }
  return null;
}

/** A posting is worth its row: it ring-fences the least there may be, or it is one that ends. */
function checkLeast(state: State, row: number, wanted: Offer): Reject | null {
  const leastUsd = state.genesis.liquidation.providerCapitalMinUsd;
  const { unitAtoms } = state.assets[state.usdc]!;
  const isEnding = row >= 0 && wanted.capitalAtoms === 0;
  if (isEnding || wanted.capitalAtoms >= Math.max(1, leastUsd * unitAtoms)) return null;
  return reject(state, rejects.backstopCapitalMin, wanted.capitalAtoms / unitAtoms, leastUsd);
}

/** An offer that grows is made by an account that is well and has the capital. */
function checkMore(state: State, account: number, row: number, wanted: Offer): Reject | null {
  const now: Offer = row < 0 ? { capitalAtoms: 0, notionalAtoms: 0, minuteAtoms: 0, hourAtoms: 0 } : offerOf(state, row);
  const atOnce = offerAtOnce(now, wanted);
  const grows =
    atOnce.capitalAtoms > now.capitalAtoms ||
    atOnce.notionalAtoms > now.notionalAtoms ||
    atOnce.minuteAtoms > now.minuteAtoms ||
    atOnce.hourAtoms > now.hourAtoms;
  if (!grows) return null;
  if (accountIsLiquidating(state.accounts, account) === 1) return reject(state, rejects.accountLiquidating);
  if (atOnce.capitalAtoms === now.capitalAtoms) return null;
  const { health } = state.scratch;
  computeHealth(state, account, HealthMode.Leaving, null, health);
  const fenced = fencedUsd(state, account) + (atOnce.capitalAtoms - now.capitalAtoms) / state.assets[state.usdc]!.unitAtoms;
  const spare = health.netEquity - health.initialMargin - fenced;
  return spare >= 0 ? null : reject(state, rejects.backstopCapital, Math.round(spare * 100) / 100, Math.round(fenced * 100) / 100);
}

function announce(state: State, row: number): void {
  const { backstop } = state;
  const now = offerOf(state, row);
  const next = nextOfferOf(state, row);
  emit(state.out, events.backstopPosted, {
    account: backstop.account[row]!,
    market: backstop.market[row]!,
    ...now,
    nextCapitalAtoms: next.capitalAtoms,
    nextNotionalAtoms: next.notionalAtoms,
    nextMinuteAtoms: next.minuteAtoms,
    nextHourAtoms: next.hourAtoms,
    nextAtMicros: isOnNotice(state, row) ? backstop.nextAtMicros[row]! : 0,
  });
}
