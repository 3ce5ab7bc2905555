/** What a stress trial of one account is made from: a small copy, so that the trial runs wherever it likes and touches nothing. */
import { MarketType, Side, type StressCopy } from '@mochila/protocol';
import { levelAt, levelCount } from '../../book/book.ts';
import {
  accountAutoLend,
  accountAutoRepayBorrows,
  accountHoldingHead,
  accountIsLiquidating,
  accountLeverageLimit,
  accountLimitOrders,
  accountPositionHead,
  accountTriggerOrders,
  FIRST_CUSTOMER_ACCOUNT,
  FUND_ACCOUNT,
} from '../../ledger/accounts.ts';
import { debtAtomsOf, lentAtomsOf } from '../../ledger/holding-rows.ts';
import { holdingAsset, holdingFree, nextHolding } from '../../ledger/holdings.ts';
import { freeCapacity } from '../../liquidation/backstop/capacity.ts';
import type { Market } from '../../markets.ts';
import { computeHealth, HealthMode } from '../../risk/compute-health.ts';
import { createHealth } from '../../risk/health.ts';
import { lastMarkTicks } from '../../risk/position-rows.ts';
import { nextPosition, positionEntryCostAtoms, positionMarket, positionSizeLots } from '../../risk/positions.ts';
import type { State } from '../../state.ts';

/** Levels of each side of a book that are copied. */
const LEVELS = 25;

const health = createHealth();

/** Copies an account and what its liquidation would meet. O(account + listed markets + postings); writes nothing. */
export function copyForStress(state: State, account: number): StressCopy {
  const { accounts } = state;
  const holdings = copyHoldings(state, account);
  const positions = copyPositions(state, account);
  const markets = marketsOf(state, holdings, positions);
  return {
    genesis: {
      ...state.genesis,
      assets: state.assets.map(({ listing }) => listing),
      markets: state.markets.map(({ listing }) => listing),
    },
    timeMicros: state.timeMicros,
    autoLend: accountAutoLend(accounts, account),
    autoRepayBorrows: accountAutoRepayBorrows(accounts, account),
    autoBorrowSettlements: accounts.autoBorrowSettlements[account]!,
    leverageLimit: accountLeverageLimit(accounts, account),
    openOrders: accountLimitOrders(accounts, account) + accountTriggerOrders(accounts, account),
    holdings,
    positions,
    assetPrices: state.assets.map(({ price }) => ({ ...price })),
    marketPrices: state.markets.map(({ price }) => ({ ...price })),
    bookStates: state.markets.map(({ bookState }) => bookState),
    books: markets.map((market) => ({ market: market.ix, bids: levels(market, Side.Bid), asks: levels(market, Side.Ask) })),
    fundUsd: equityOf(state, FUND_ACCOUNT),
    ...copyProviders(state, account, markets),
  };
}

function copyHoldings(state: State, account: number): StressCopy['holdings'] {
  const { holdings } = state;
  const rows: StressCopy['holdings'] = [];
  for (let row = accountHoldingHead(state.accounts, account); row >= 0; row = nextHolding(holdings, row)) {
    const [lentAtoms, debtAtoms] = [lentAtomsOf(state, row), debtAtomsOf(state, row)];
    rows.push({ asset: holdingAsset(holdings, row), freeAtoms: holdingFree(holdings, row), lentAtoms, debtAtoms });
  }
  return rows;
}

function copyPositions(state: State, account: number): StressCopy['positions'] {
  const { positions } = state;
  const rows: StressCopy['positions'] = [];
  for (let row = accountPositionHead(state.accounts, account); row >= 0; row = nextPosition(positions, row)) {
    const sizeLots = positionSizeLots(positions, row);
    const market = positionMarket(positions, row);
    if (sizeLots !== 0)
      rows.push({
        market,
        sizeLots,
        entryCostAtoms: positionEntryCostAtoms(positions, row),
        lastMarkTicks: lastMarkTicks(state, account, market),
      });
  }
  return rows;
}

/** Markets of its positions, and the spot markets of its assets. */
function marketsOf(state: State, holdings: StressCopy['holdings'], positions: StressCopy['positions']): Market[] {
  const held = new Set(holdings.map(({ asset }) => asset));
  const open = new Set(positions.map(({ market }) => market));
  return state.markets.filter(
    ({ ix, type, base, quote }) => open.has(ix) || (type === MarketType.SPOT && quote === state.usdc && held.has(base)),
  );
}

function levels({ book }: Market, side: number): [number, number][] {
  return Array.from({ length: Math.min(LEVELS, levelCount(book, side)) }, (_, at) => {
    const { priceTicks, lots } = levelAt(book, side, at);
    return [priceTicks, lots];
  });
}

/** Net equity in USD, at least 0. */
function equityOf(state: State, account: number): number {
  computeHealth(state, account, HealthMode.Maintenance, null, health);
  return Math.max(0, health.netEquity);
}

/** What all providers could take now, market by market, and their money: in the trial they are one. */
function copyProviders(state: State, account: number, markets: readonly Market[]): Pick<StressCopy, 'providersUsd' | 'capacities'> {
  const { backstop, accounts } = state;
  const free = new Float64Array(state.markets.length);
  let providersUsd = 0;
  const counted = new Uint8Array(accounts.used);
  for (let row = 0; row < backstop.used; row += 1) {
    const provider = backstop.account[row]!;
    const market = backstop.market[row]!;
    if (provider < FIRST_CUSTOMER_ACCOUNT || provider === account || !markets.some(({ ix }) => ix === market)) continue;
    const atoms = freeCapacity(state, row);
    // A provider in liquidation takes nothing.
    if (atoms <= 0 || accountIsLiquidating(accounts, provider) === 1) continue;
    free[market] = free[market]! + atoms;
    if (counted[provider] === 0) providersUsd += equityOf(state, provider);
    counted[provider] = 1;
  }
  const capacities = markets.filter(({ ix }) => free[ix]! > 0).map(({ ix }) => ({ market: ix, freeAtoms: free[ix]! }));
  return { providersUsd, capacities };
}
