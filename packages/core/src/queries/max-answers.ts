/**
 * The helpers: how much may I order, borrow, withdraw? Each asks the engine's own checks at trial sizes, so the answer
 * is what a command would be allowed, and names what stops one more.
 */
import {
  type Ask,
  type MaxAnswer,
  OrderKind,
  type Reject,
  rejects,
  SelfTradePrevention,
  SlippageKind,
  TimeInForce,
} from '@mochila/protocol';
import { OrderFlag } from '../book/order-flags.ts';
import { checkDoorOpen, checkValueLeaving } from '../custody/leaving.ts';
import { profitLimitedUntil } from '../custody/profit-pace.ts';
import { checkPartsLeaving, isCovered, partsOf } from '../custody/withdrawal-parts.ts';
import { accountIsLiquidating } from '../ledger/accounts.ts';
import { findHolding, lentAtomsOf, ownedAtomsOf, roomForCredit } from '../ledger/holding-rows.ts';
import { borrowRoom, checkBorrow, checkBorrowGrowth } from '../lending/borrow-checks.ts';
import { checkIntent } from '../matching/check-intent.ts';
import { createIntent } from '../matching/intent.ts';
import { reject } from '../reject.ts';
import { checkLeaving } from '../risk/check.ts';
import { clearProjection } from '../risk/projection.ts';
import type { State } from '../state.ts';

const LIMITED_BY: { readonly [code: number]: string } = {
  [rejects.insufficientMargin.code]: 'margin',
  [rejects.leavingMargin.code]: 'margin',
  [rejects.insufficientFunds.code]: 'funds',
  [rejects.insufficientBalance.code]: 'funds',
  [rejects.maxUtilization.code]: 'utilization',
  [rejects.dailyBorrowGuard.code]: 'utilization',
  [rejects.borrowLimit.code]: 'borrowLimit',
  [rejects.openBorrowLendLimit.code]: 'poolLimit',
  [rejects.borrowRequiresLendRedeem.code]: 'lend',
  [rejects.positionLimit.code]: 'positionLimit',
  [rejects.openInterestLimit.code]: 'openInterestLimit',
  [rejects.profitPace.code]: 'profitPace',
  [rejects.epochOpen.code]: 'settlement',
  [rejects.userLiquidating.code]: 'liquidation',
  [rejects.accountLiquidating.code]: 'liquidation',
  [rejects.reduceOnlyNotReduced.code]: 'position',
  [rejects.priceOutsideBand.code]: 'priceBand',
};

function answer(quantity: number, limitedBy: string, untilMicros = 0): MaxAnswer {
  return { quantity, limitedBy, untilMicros };
}

function wordOf(refused: Reject): string {
  return LIMITED_BY[refused.code] ?? 'market';
}

/** Largest whole size up to `most` that `refuses` lets pass, and the word of what refuses the next. About 50 trials. */
function largest(most: number, mostWord: string, refuses: (size: number) => Reject | null): { size: number; word: string } {
  if (most < 1) return { size: 0, word: mostWord };
  let word = mostWord;
  let low = 0;
  let high = most + 1;
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2);
    const refused = refuses(middle);
    if (refused === null) low = middle;
    else {
      high = middle;
      word = wordOf(refused);
    }
  }
  return { size: low, word };
}

/** In lots. `priceTicks` 0 asks for a market order. */
export function maxOrder(state: State, ask: Ask<'maxOrder'>): MaxAnswer {
  const market = state.markets[ask.market]!;
  const intent = createIntent();
  intent.account = ask.account;
  intent.market = ask.market;
  intent.side = ask.side;
  intent.orderKind = ask.priceTicks > 0 ? OrderKind.Limit : OrderKind.Market;
  intent.timeInForce = ask.priceTicks > 0 ? TimeInForce.GTC : TimeInForce.IOC;
  intent.selfTradePrevention = SelfTradePrevention.RejectTaker;
  intent.slippage.kind = SlippageKind.None;
  intent.priceTicks = ask.priceTicks;
  if (ask.isReduceOnly) intent.flags |= OrderFlag.ReduceOnly;
  if (ask.autoBorrow) intent.flags |= OrderFlag.AutoBorrow;
  if (!ask.autoLendRedeem) intent.flags |= OrderFlag.AutoLendRedeemOff;
  let cut = market.listing.maxQuantityLots;
  const found = largest(market.listing.maxQuantityLots, 'maxQuantity', (lots) => {
    intent.lots = lots;
    const refused = checkIntent(state, intent);
    if (refused === null && intent.lots < lots) cut = intent.lots;
    return refused;
  });
  return found.size > cut ? answer(cut, 'position') : answer(found.size, found.word);
}

/** In atoms: what could be borrowed and spent or withdrawn at leaving prices. */
export function maxBorrow(state: State, account: number, asset: number): MaxAnswer {
  if (accountIsLiquidating(state.accounts, account) === 1) return answer(0, 'liquidation');
  const row = findHolding(state, account, asset);
  if (row >= 0 && lentAtomsOf(state, row) > 0) return answer(0, 'lend');
  const { projection } = state.scratch;
  const most = Math.min(borrowRoom(state, account, asset), roomForCredit(state, account, asset));
  const found = largest(most, 'utilization', (atoms) => {
    clearProjection(projection);
    projection.assetA = asset;
    projection.atomsA = -atoms;
    return checkBorrow(state, account, asset, atoms) ?? checkBorrowGrowth(state, asset, atoms) ?? checkLeaving(state, account);
  });
  return answer(found.size, found.word);
}

/** In atoms, the fee included: what the command's own checks let go, money first, then pool, margin and fresh profit. */
export function maxWithdrawal(state: State, ask: Ask<'maxWithdrawal'>): MaxAnswer {
  const { account, asset, autoLendRedeem, autoBorrow } = ask;
  const shut = checkDoorOpen(state, account);
  if (shut !== null) return answer(0, wordOf(shut));
  const row = findHolding(state, account, asset);
  const owned = row < 0 ? 0 : ownedAtomsOf(state, row);
  const borrowed = autoBorrow ? borrowRoom(state, account, asset) : 0;
  const found = largest(owned + borrowed, autoBorrow ? 'utilization' : 'funds', (atoms) => {
    const parts = partsOf(state, account, asset, atoms, autoLendRedeem, autoBorrow);
    if (!isCovered(parts)) return reject(state, rejects.insufficientBalance, atoms - parts.shortAtoms, atoms);
    return checkPartsLeaving(state, account, asset, parts) ?? checkValueLeaving(state, account, asset, atoms);
  });
  return answer(found.size, found.word, found.word === 'profitPace' ? profitLimitedUntil(state, account) : 0);
}
