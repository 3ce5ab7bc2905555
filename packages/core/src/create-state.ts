/** Builds the state of a new venue from its genesis: every table at its size, every market and asset listed, no money yet. */
import { BookState, type Genesis, type MarketListing, MarketType } from '@mochila/protocol';
import { assert, parseDecimal } from '@mochila/units';
import { type Asset, createAsset } from './assets.ts';
import { createBook } from './book/book.ts';
import { createOrders } from './book/orders.ts';
import { createTriggers } from './book/triggers.ts';
import { createWithdrawals } from './custody/withdrawals.ts';
import { createEventBuffer } from './event-buffer.ts';
import { createIdentity } from './identity/identity.ts';
import {
  createAccounts,
  FIRST_CUSTOMER_ACCOUNT,
  setAccountAutoLend,
  setAccountAutoRepayBorrows,
  setAccountHoldingHead,
  setAccountLeverageLimit,
  setAccountPositionHead,
  setAccountSettledEpoch,
  setAccountUser,
} from './ledger/accounts.ts';
import { createHoldings } from './ledger/holdings.ts';
import { BACKSTOP_POSTINGS, DEBT_NOTES, EVENT_WORDS } from './limits.ts';
import { createPostings } from './liquidation/backstop/postings.ts';
import { createFundDesk } from './liquidation/fund/fund-state.ts';
import { createLiquidation } from './liquidation/liquidation-state.ts';
import { createNotes } from './liquidation/notes/notes.ts';
import { createSettlementSales } from './liquidation/settlement-sales/sales-state.ts';
import type { Market } from './markets.ts';
import { powerOfTen } from './power-of-ten.ts';
import { createMarketPrice } from './pricing/market-price.ts';
import { createPositions } from './risk/positions.ts';
import { createScratch } from './scratch.ts';
import type { State } from './state.ts';
import { takeRow } from './table.ts';

/**
 * @param genesis - checked by `genesis-rules.ts` before; broken rules are assertions here.
 * @returns a state at sequence 0 with the venue's own accounts and no balances; `commands/genesis.ts` gives those.
 */
export function createState(genesis: Genesis): State {
  const { limits } = genesis;
  const now = genesis.createdAtMicros;
  const assets = genesis.assets.map((listing, ix) => createAsset(ix, listing, genesis.prices.sources.length, now));
  const usdc = assets.findIndex((asset) => asset.symbol === 'USDC');
  assert(usdc >= 0, 'a venue lists USDC, the settlement asset');
  const state: State = {
    genesis,
    seq: 0,
    timeMicros: now,
    tickSecond: Math.floor(now / 1e6),
    assets,
    markets: genesis.markets.map((listing, ix) => createMarket(ix, listing, assets, limits.levelsPerSide)),
    usdc,
    accounts: createAccounts(limits.accounts),
    holdings: createHoldings(limits.holdings),
    positions: createPositions(limits.positions),
    orders: createOrders(limits.orders),
    triggers: createTriggers(limits.triggers),
    identity: createIdentity(limits),
    withdrawals: createWithdrawals(limits, genesis.markets.length),
    settlement: {
      epoch: 0,
      isOpen: false,
      nextAccount: 0,
      accounts: 0,
      openedSecond: 0,
      borrowsAtoms: 0,
      feesAtoms: 0,
      settledAccounts: 0,
      fundingDueHour: -1,
      isFunding: false,
    },
    liquidation: createLiquidation({
      accounts: limits.accounts,
      markets: genesis.markets.length,
      bookSeconds: genesis.liquidation.bookSeconds,
    }),
    backstop: createPostings(BACKSTOP_POSTINGS),
    fund: createFundDesk(genesis.markets.length),
    notes: createNotes(DEBT_NOTES),
    sales: createSettlementSales(limits.accounts),
    counters: { deposits: 0, withdrawals: 0, conversions: 0, interestHour: Math.floor(now / 3.6e9), dueTriggers: 0, triggerRound: 0 },
    scratch: createScratch({ ...limits, markets: genesis.markets.length, assets: assets.length }),
    out: createEventBuffer(EVENT_WORDS),
  };
  for (let account = 0; account < FIRST_CUSTOMER_ACCOUNT; account += 1) openAccountRow(state, 0, account);
  return state;
}

/**
 * Takes an account row with the default settings.
 *
 * @param user - UserIx of the owner; 0 is the venue.
 * @returns the AccountIx.
 */
export function openAccountRow(state: State, user: number, subIndex: number): number {
  const { accounts } = state;
  const account = takeRow(accounts);
  setAccountUser(accounts, account, user);
  accounts.subIndex[account] = subIndex;
  setAccountAutoLend(accounts, account, 1);
  setAccountAutoRepayBorrows(accounts, account, 1);
  accounts.autoBorrowSettlements[account] = 1;
  setAccountLeverageLimit(accounts, account, state.genesis.account.leverageLimitDefault);
  setAccountHoldingHead(accounts, account, -1);
  setAccountPositionHead(accounts, account, -1);
  setAccountSettledEpoch(accounts, account, state.settlement.epoch);
  accounts.delayHours[account] = state.genesis.account.withdrawalDelayHours;
  accounts.pendingDelayHours[account] = -1;
  return account;
}

function createMarket(ix: number, listing: MarketListing, assets: Asset[], levelsPerSide: number): Market {
  const base = assetNamed(assets, listing.base);
  const quote = assetNamed(assets, listing.quote);
  const tick = decimal(listing.tickSize);
  const lot = decimal(listing.lotSize);
  const k = (tick.units * lot.units * quote.unitAtoms) / powerOfTen(tick.decimals + lot.decimals);
  const lotAtoms = (lot.units * base.unitAtoms) / powerOfTen(lot.decimals);
  assert(Number.isSafeInteger(k) && k > 0, `${listing.symbol}: one tick times one lot is a whole number of quote atoms`);
  assert(Number.isSafeInteger(lotAtoms) && lotAtoms > 0, `${listing.symbol}: a lot is a whole number of base atoms`);
  return {
    ix,
    symbol: listing.symbol,
    listing,
    type: MarketType[listing.type],
    base: base.ix,
    quote: quote.ix,
    k,
    lotAtoms,
    tickSize: tick.units / powerOfTen(tick.decimals),
    lotSize: lot.units / powerOfTen(lot.decimals),
    bookState: BookState[listing.state],
    isReduceOnly: false,
    isStepLimited: false,
    book: createBook(levelsPerSide),
    price: createMarketPrice(),
    openInterestLots: 0,
    nextTradeId: 1,
    lastTicks: 0,
  };
}

function assetNamed(assets: Asset[], symbol: string): Asset {
  const asset = assets.find((candidate) => candidate.symbol === symbol);
  assert(asset !== undefined, `${symbol} is a listed asset`);
  return asset;
}

/** A decimal text as whole units of its last digit: '0.05' is 5 with 2 decimals. */
function decimal(text: string): { units: number; decimals: number } {
  const dot = text.indexOf('.');
  const decimals = dot < 0 ? 0 : text.length - dot - 1;
  const parsed = parseDecimal(text, decimals);
  assert(parsed.ok, `${text} is a decimal number`);
  return { units: parsed.value, decimals };
}
