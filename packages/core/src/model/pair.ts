/** The true engine and the plain venue side by side. `acts.ts` does to both, `compare.ts` looks whether they still agree. */
import { accountLeverageLimit, accountUser, DUST_ACCOUNT, FEES_ACCOUNT, FUND_ACCOUNT } from '../ledger/accounts.ts';
import { findHolding, netAtomsOf } from '../ledger/holding-rows.ts';
import type { Person, TestVenue } from '../testing/test-venue.ts';
import type { PlainOrder, PlainVenue } from './plain-venue.ts';

export interface Pair {
  venue: TestVenue;
  plain: PlainVenue;
  people: Person[];
  due: PlainOrder[];
  /** What was done, for people who look for a difference. */
  log: string[];
  /** How often each refusal, reason and kind of event was met. */
  seen: Map<string, number>;
}

/** Where people trade. */
export const MARKETS = [0, 4] as const;
/** There the fund sells what it took over of their other assets. */
const MARKETS_OF_FUND = [1, 2, 3] as const;

/** A plain venue that stands where the engine stands, which has no orders and no positions yet. */
export function pairOf(venue: TestVenue, people: Person[], seen: Map<string, number>): Pair {
  const { state } = venue;
  const tier = state.genesis.feeTiers[0]!;
  const plain: PlainVenue = {
    assets: state.assets.map((asset) => ({
      ix: asset.ix,
      unit: asset.unitAtoms,
      weight: 'weight' in asset.listing.weight ? asset.listing.weight.weight : 1,
      borrowImf: asset.listing.borrowImf.base,
      borrowMmf: asset.listing.borrowMmf.base,
      mark: 0,
      index: 0,
      stable: 0,
    })),
    markets: [...MARKETS, ...MARKETS_OF_FUND].map((ix) => {
      const market = state.markets[ix]!;
      const { perp } = market.listing;
      return {
        ix,
        isSpot: perp === null,
        base: market.base,
        quote: market.quote,
        k: market.k,
        lotAtoms: market.lotAtoms,
        tickSize: market.tickSize,
        lotSize: market.lotSize,
        markTicks: 0,
        lastTicks: 0,
        isStepLimited: false,
        meanMark: 0,
        meanPremium: 0,
        imf: perp?.imf ?? { base: 0, factor: 0 },
        mmf: perp?.mmf ?? { base: 0, factor: 0 },
      };
    }),
    // The fund too: it takes fees of liquidations, and unwinds what it had to take on.
    accounts: [FUND_ACCOUNT, ...people.map(({ account }) => account)].map((account) => ({
      ix: account,
      user: accountUser(state.accounts, account),
      leverage: accountLeverageLimit(state.accounts, account),
      isLiquidating: false,
      net: state.assets.map((asset) => netOf(venue, account, asset.ix)),
      size: state.markets.map(() => 0),
      settledTicks: state.markets.map((market) => market.price.settleTicks),
      epoch: state.settlement.epoch,
    })),
    orders: [],
    fees: state.assets.map((asset) => netOf(venue, FEES_ACCOUNT, asset.ix)),
    dust: state.assets.map((asset) => netOf(venue, DUST_ACCOUNT, asset.ix)),
    rest: 0n,
    fills: [],
    clock: 0,
    epoch: {
      number: state.settlement.epoch,
      isOpen: false,
      isFunding: false,
      settleTicks: state.markets.map((market) => market.price.settleTicks),
      ratePpb: [],
    },
    rates: { spotMaker: tier.spotMakerPpm, spotTaker: tier.spotTakerPpm, perpMaker: tier.perpMakerPpm, perpTaker: tier.perpTakerPpm },
  };
  const pair = { venue, plain, people, due: [], log: [], seen };
  readPrices(pair);
  return pair;
}

/** Atoms of an account, free + lent - debt, in the engine. */
export function netOf(venue: TestVenue, account: number, asset: number): bigint {
  const row = findHolding(venue.state, account, asset);
  return row < 0 ? 0n : BigInt(netAtomsOf(venue.state, row));
}

/** Takes over what the engine says of prices. */
export function readPrices({ venue, plain }: Pair): void {
  for (const asset of plain.assets) Object.assign(asset, pick(venue.state.assets[asset.ix]!.price));
  for (const market of plain.markets) {
    const { price } = venue.state.markets[market.ix]!;
    market.markTicks = price.markTicks;
    market.isStepLimited = venue.state.markets[market.ix]!.isStepLimited;
    market.meanMark = price.meanMark;
    market.meanPremium = price.meanPremium;
  }
}

function pick({ mark, index, stable }: { mark: number; index: number; stable: number }) {
  return { mark, index, stable };
}
