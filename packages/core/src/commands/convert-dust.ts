/** Turns a balance too small to sell into USDC: the fund buys it at the index. */
import { BorrowLendSource, type CommandFields, events, FundMove, MarketType, PriceGrade, type Reject, rejects } from '@mochila/protocol';
import { assert } from '@mochila/units';
import type { Asset } from '../assets.ts';
import { emit } from '../event-buffer.ts';
import { accountIsLiquidating, FUND_ACCOUNT } from '../ledger/accounts.ts';
import { debtAtomsOf, findHolding, hasRoomForHoldings, ownedAtomsOf, roomForCredit } from '../ledger/holding-rows.ts';
import { holdingHeld } from '../ledger/holdings.ts';
import { PayPolicy, pay } from '../ledger/pay.ts';
import { ReceiveMode, receive, receiveModeOf } from '../ledger/receive.ts';
import { HOLDING_ATOMS_MAX } from '../limits.ts';
import { tellFundMove } from '../liquidation/fund/tell-fund-move.ts';
import { checkNoNote } from '../liquidation/notes/check-note.ts';
import { reject } from '../reject.ts';
import { setResult } from '../scratch.ts';
import type { State } from '../state.ts';

/** Parts of a dollar the index is read in, rounded down. */
const PRICE_SCALE = 1e12;

/**
 * Sells the whole balance of an asset, lends included, when it is below the minimum quantity of the asset's USDC market. The price is the
 * index, the result rounded down. The fund pays only from USDC it has.
 *
 * Answers [conversion, usdcAtoms].
 *
 * @returns unknownAsset, noDustMarket, debtNoteStands, accountLiquidating, badAmount (nothing there), lendRequiresBorrowRepay, insufficientBalance (held by an
 * order), notDust, priceNotGood, fundEmpty, holdingLimit, holdingTableFull, or null.
 */
export function convertDust(state: State, command: CommandFields<'convertDust'>): Reject | null {
  const { account } = command;
  const asset = state.assets[command.asset];
  if (asset === undefined) return reject(state, rejects.unknownAsset, command.asset);
  const minimum = dustBelow(state, asset.ix);
  if (minimum === 0) return reject(state, rejects.noDustMarket);
  const noted = checkNoNote(state, account);
  if (noted !== null) return noted;
  if (accountIsLiquidating(state.accounts, account) !== 0) return reject(state, rejects.accountLiquidating);
  const row = findHolding(state, account, asset.ix);
  const atoms = row < 0 ? 0 : ownedAtomsOf(state, row);
  if (atoms === 0) return reject(state, rejects.badAmount, 0, minimum - 1);
  const refused = checkBalance(state, row, atoms, minimum) ?? checkDeal(state, asset, account, atoms);
  if (refused !== null) return refused;
  // Point of no return.
  exchange(state, account, asset, atoms);
  return null;
}

/** Atoms below which a balance cannot be sold on the asset's USDC market; 0 when there is none. */
function dustBelow(state: State, asset: number): number {
  for (const { type, base, quote, listing, lotAtoms } of state.markets) {
    if (type === MarketType.SPOT && base === asset && quote === state.usdc) return listing.minQuantityLots * lotAtoms;
  }
  return 0;
}

function checkBalance(state: State, row: number, atoms: number, minimum: number): Reject | null {
  const debt = debtAtomsOf(state, row);
  if (debt > 0) return reject(state, rejects.lendRequiresBorrowRepay, atoms, debt);
  const held = holdingHeld(state.holdings, row);
  if (held > 0) return reject(state, rejects.insufficientBalance, Math.max(0, atoms - held), atoms);
  return atoms >= minimum ? reject(state, rejects.notDust, atoms, minimum) : null;
}

function checkDeal(state: State, asset: Asset, account: number, atoms: number): Reject | null {
  if (asset.price.grade !== PriceGrade.Good) return reject(state, rejects.priceNotGood);
  const usdcAtoms = proceedsDown(state, asset, atoms);
  const fund = findHolding(state, FUND_ACCOUNT, state.usdc);
  if (fund < 0 || ownedAtomsOf(state, fund) < usdcAtoms) return reject(state, rejects.fundEmpty);
  const isFull = roomForCredit(state, account, state.usdc) < usdcAtoms || roomForCredit(state, FUND_ACCOUNT, asset.ix) < atoms;
  if (isFull) return reject(state, rejects.holdingLimit, usdcAtoms, HOLDING_ATOMS_MAX);
  return hasRoomForHoldings(state, 2) ? null : reject(state, rejects.holdingTableFull, state.holdings.capacity, state.holdings.capacity);
}

function exchange(state: State, account: number, asset: Asset, atoms: number): void {
  const source = BorrowLendSource.DustConversion;
  const usdcAtoms = proceedsDown(state, asset, atoms);
  let shortfall = pay(state, account, asset.ix, atoms, PayPolicy.Redeem, source);
  receive(state, FUND_ACCOUNT, asset.ix, atoms, ReceiveMode.Lend | ReceiveMode.Repay, source);
  shortfall += pay(state, FUND_ACCOUNT, state.usdc, usdcAtoms, PayPolicy.Redeem, source);
  receive(state, account, state.usdc, usdcAtoms, receiveModeOf(state, account), source);
  assert(shortfall === 0, 'both sides of a dust conversion had what they gave');
  tellFundMove(state, FundMove.Dust, account, asset.ix, atoms);
  tellFundMove(state, FundMove.Dust, account, state.usdc, 0 - usdcAtoms);
  state.counters.conversions += 1;
  const conversion = state.counters.conversions;
  emit(state.out, events.dustConverted, { conversion, account, asset: asset.ix, quantityAtoms: atoms, usdcAtoms });
  setResult(state.scratch, conversion, usdcAtoms);
}

/** USDC atoms for the asset's atoms at the index, exact, rounded down, against the account. */
function proceedsDown(state: State, asset: Asset, atoms: number): number {
  const price = BigInt(Math.floor(asset.price.index * PRICE_SCALE));
  const usdcUnit = BigInt(state.assets[state.usdc]!.unitAtoms);
  return Number((BigInt(atoms) * price * usdcUnit) / (BigInt(asset.unitAtoms) * BigInt(PRICE_SCALE)));
}
