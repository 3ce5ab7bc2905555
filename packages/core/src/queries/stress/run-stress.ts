/**
 * What happens to an account when prices move so: the engine itself, second by second, in a venue of its own (build-trial.ts).
 *
 * Indexes go to their shocked values in `seconds`; marks follow at their own speed; the books keep their shape around the
 * index and are laid again each second, as makers would. The trial ends when the account is out of liquidation and marks
 * have arrived, at the latest {@link SECONDS_AFTER} after the path.
 */
import {
  commands,
  decodeReceiptLines,
  decodeRecord,
  events,
  OrderOrigin,
  ReceiptAct,
  ReceiptMoment,
  recordCode,
  recordWords,
  Side,
  type StressAnswer,
  type StressCopy,
  type StressFigures,
  type StressShock,
  type StressStep,
} from '@mochila/protocol';
import { MICROS_PER_SECOND } from '@mochila/units';
import { packKind } from '../../book/order-flags.ts';
import { accountHoldingHead, accountIsLiquidating, accountPositionHead } from '../../ledger/accounts.ts';
import { netAtomsOf } from '../../ledger/holding-rows.ts';
import { holdingAsset, nextHolding } from '../../ledger/holdings.ts';
import { makeSystemOrder } from '../../liquidation/forced-transfer.ts';
import { dropOrder, restOrder, unrestOrder } from '../../matching/open-orders.ts';
import type { AssetPrice } from '../../pricing/asset-price.ts';
import { computeHealth, HealthMode } from '../../risk/compute-health.ts';
import { createHealth } from '../../risk/health.ts';
import { nextPosition, positionMarket, positionOrderHead, positionSizeLots } from '../../risk/positions.ts';
import { pendingSystemWork } from '../../settlement/pending-system-work.ts';
import type { State } from '../../state.ts';
import { buildTrial, inFrame, send, type Trial } from './build-trial.ts';

/** Seconds after the shock in which marks arrive and liquidations end. */
const SECONDS_AFTER = 900;
/** Longest path, seconds. */
const SECONDS_MAX = 600;
const STEPS_MAX = 500;
/** Marks are there when they are this near the index. */
const ARRIVED = 1e-4;

const health = createHealth();

/** Runs a trial. @param seconds - length of the path, 1 to 600 */
export function runStress(copy: StressCopy, shocks: readonly StressShock[], seconds: number): StressAnswer {
  const trial = buildTrial(copy);
  const { state, account } = trial;
  const path = Math.min(SECONDS_MAX, Math.max(1, Math.floor(seconds)));
  const before = figuresOf(trial);
  const quotes = state.assets.map(({ price }) => quotesOf(price));
  let lowest = before;
  let firstSecond = -1;
  const steps: StressStep[] = [];
  let second = 0;
  while (second < path + SECONDS_AFTER) {
    second += 1;
    const factors = factorsAt(state, shocks, Math.min(1, second / path));
    layBooks(trial, copy, factors);
    sayPrices(state, quotes, factors);
    runSecond(trial, second, steps);
    const now = figuresOf(trial);
    if (now.netEquity - now.maintenanceMargin < lowest.netEquity - lowest.maintenanceMargin) lowest = now;
    if (firstSecond < 0 && (now.isLiquidating || steps.length > 0)) firstSecond = second;
    if (second >= path && !now.isLiquidating && hasArrived(state, shocks)) break;
  }
  return {
    before,
    lowest,
    after: figuresOf(trial),
    seconds: second,
    firstLiquidationSecond: firstSecond,
    openOrders: copy.openOrders,
    steps,
    positions: positionsOf(state, account),
    holdings: holdingsOf(state, account),
  };
}

/** What each asset's price is times, at a share of the way. */
function factorsAt(state: State, shocks: readonly StressShock[], share: number): Float64Array {
  const factors = new Float64Array(state.assets.length).fill(1);
  for (const { asset, move } of shocks) factors[asset] = 1 + move * share;
  return factors;
}

/** What each source of an asset last said, apart from the columns that a trial writes. */
function quotesOf({ bid, ask, last }: AssetPrice): Pick<AssetPrice, 'bid' | 'ask' | 'last'> {
  return { bid: bid.slice(), ask: ask.slice(), last: last.slice() };
}

/** Every source that was heard says its price of the beginning times the factor, and is fresh. */
function sayPrices(state: State, quotes: readonly ReturnType<typeof quotesOf>[], factors: Float64Array): void {
  const time = (state.tickSecond + 1) * MICROS_PER_SECOND;
  for (const asset of state.assets) {
    const from = quotes[asset.ix]!;
    const { price } = asset;
    const factor = factors[asset.ix]!;
    for (let source = 0; source < price.bid.length; source += 1) {
      if (from.bid[source] === 0) continue;
      price.bid[source] = from.bid[source]! * factor;
      price.ask[source] = from.ask[source]! * factor;
      price.last[source] = from.last[source]! * factor;
      price.sourceSeq[source] = price.sourceSeq[source]! + 1;
      price.freshAtMicros[source] = time;
    }
  }
}

/** The books of the copy, moved with the index of their base. */
function layBooks({ state, crowd }: Trial, copy: StressCopy, factors: Float64Array): void {
  inFrame(state, () => {
    for (const { market: ix, bids, asks } of copy.books) {
      const market = state.markets[ix]!;
      clearBook(state, crowd, ix);
      const factor = factors[market.base]! / factors[market.quote]!;
      for (const [ticks, lots] of bids) layOrder(state, crowd, ix, Side.Bid, Math.floor(ticks * factor), lots);
      for (const [ticks, lots] of asks) layOrder(state, crowd, ix, Side.Ask, Math.ceil(ticks * factor), lots);
    }
  });
}

function clearBook(state: State, crowd: number, ix: number): void {
  const { positions, accounts } = state;
  for (let row = accountPositionHead(accounts, crowd); row >= 0; row = nextPosition(positions, row)) {
    if (positionMarket(positions, row) !== ix) continue;
    while (positionOrderHead(positions, row) >= 0) {
      const slot = positionOrderHead(positions, row);
      unrestOrder(state, state.markets[ix]!, slot);
      dropOrder(state, slot);
    }
  }
}

const RESTING = packKind(0, 0, 0);

function layOrder(state: State, crowd: number, ix: number, side: number, ticks: number, lots: number): void {
  const market = state.markets[ix]!;
  const priceTicks = Math.min(market.listing.maxPriceTicks, Math.max(1, ticks));
  const slot = makeSystemOrder(state, market, crowd, { side, lots, priceTicks, origin: OrderOrigin.User, flags: 0 });
  state.orders.kind[slot] = RESTING;
  restOrder(state, market, slot);
}

function runSecond(trial: Trial, second: number, steps: StressStep[]): void {
  const { state } = trial;
  const next = state.tickSecond + 1;
  send(state, commands.tick, { second: next }, next * MICROS_PER_SECOND);
  readSteps(trial, second, steps);
  for (let work = pendingSystemWork(state); work !== null; work = pendingSystemWork(state)) {
    if (work.kind === 'settleSlice')
      send(state, commands.settleSlice, { epoch: work.epoch, fromAccount: work.fromAccount, toAccount: work.toAccount });
    else if (work.kind === 'liquidate') send(state, commands.liquidate, { second: work.second, round: work.round });
    else send(state, commands.fireTriggers, { round: work.round });
    readSteps(trial, second, steps);
  }
}

/** What the receipts of the last command say was done to the account. */
function readSteps({ state, account }: Trial, second: number, steps: StressStep[]): void {
  const { words, length } = state.out;
  for (let at = 0; at < length; at += recordWords(words, at)) {
    if (recordCode(words, at) !== events.receiptWritten.code || steps.length >= STEPS_MAX) continue;
    const receipt = decodeRecord(events.receiptWritten, words, at);
    if (receipt.account !== account) continue;
    const { acts, totals } = decodeReceiptLines(receipt.lines);
    const after = totals.find(({ moment }) => moment === ReceiptMoment.After);
    const fills = acts.filter(({ act }) => act === ReceiptAct.PerpFill || act === ReceiptAct.SpotFill);
    const lots = fills.reduce((sum, act) => sum + act.lots, 0);
    const notionalLots = fills.reduce((sum, act) => sum + act.lots * act.priceTicks, 0);
    steps.push({
      second,
      kind: receipt.kind,
      stage: receipt.stage,
      market: receipt.market,
      asset: receipt.asset,
      lots,
      priceTicks: lots === 0 ? 0 : notionalLots / lots,
      feeAtoms: acts.reduce(
        (sum, act) => sum + act.feeAtoms - (act.act === ReceiptAct.Charge || act.act === ReceiptAct.Fee ? act.atoms : 0),
        0,
      ),
      netEquity: after?.netEquity ?? 0,
      maintenanceMargin: after?.maintenanceMargin ?? 0,
    });
  }
}

function figuresOf({ state, account }: Trial): StressFigures {
  computeHealth(state, account, HealthMode.Maintenance, null, health);
  const { netEquity, realEquity, maintenanceMargin, totalExposure } = health;
  return { netEquity, realEquity, maintenanceMargin, totalExposure, isLiquidating: accountIsLiquidating(state.accounts, account) === 1 };
}

/** Marks of what was shocked are at the index. */
function hasArrived(state: State, shocks: readonly StressShock[]): boolean {
  return shocks.every(({ asset }) => {
    const { mark, index } = state.assets[asset]!.price;
    return Math.abs(mark - index) <= ARRIVED * index;
  });
}

function positionsOf(state: State, account: number): StressAnswer['positions'] {
  const { positions } = state;
  const rows: StressAnswer['positions'] = [];
  for (let row = accountPositionHead(state.accounts, account); row >= 0; row = nextPosition(positions, row)) {
    if (positionSizeLots(positions, row) !== 0)
      rows.push({ market: positionMarket(positions, row), sizeLots: positionSizeLots(positions, row) });
  }
  return rows;
}

function holdingsOf(state: State, account: number): StressAnswer['holdings'] {
  const { holdings } = state;
  const rows: StressAnswer['holdings'] = [];
  for (let row = accountHoldingHead(state.accounts, account); row >= 0; row = nextHolding(holdings, row)) {
    const netAtoms = netAtomsOf(state, row);
    if (netAtoms !== 0) rows.push({ asset: holdingAsset(holdings, row), netAtoms });
  }
  return rows;
}
