/** S2: the collateral index. Wrapped assets trade far below their worth on their own books while they can still be redeemed. */
import { answerQuery } from '@mochila/core';
import type { Random } from '../random.ts';
import type { Play, Scenario } from '../scenario.ts';
import type { Coin } from '../venue/coin.ts';
import type { SimPerson, SimVenue } from '../venue/sim-venue.ts';
import { changeListing } from '../world/change-listing.ts';
import { House, Tape } from '../world/house.ts';
import { assetOf, marketOf } from '../world/lookup.ts';
import { factorAt } from '../world/path.ts';
import { openPosition } from '../world/population.ts';
import { withdraw } from '../world/withdraw.ts';

const SIZES = { full: { people: 1_000, holdSeconds: 2_400 }, short: { people: 20, holdSeconds: 150 } };
const COINS: readonly Coin[] = [
  { symbol: 'ETH', usd: 4_000, kind: 'major' },
  { symbol: 'SOL', usd: 200, kind: 'major' },
  { symbol: 'WETH2', usd: 4_320, kind: 'large', markets: 'spot', redemption: { underlying: 'ETH', rate: '1.08' } },
  { symbol: 'WSOL2', usd: 210, kind: 'large', markets: 'spot', redemption: { underlying: 'SOL', rate: '1.05' } },
  { symbol: 'USDE', usd: 1, kind: 'large', markets: 'spot', redemption: { underlying: 'USDC', rate: '1' } },
];
/** Where each trades on its own book, as a share of its worth. */
const FALLS = [
  { symbol: 'WETH2', share: 0.12 },
  { symbol: 'WSOL2', share: 0.2 },
  { symbol: 'USDE', share: 0.65 },
];
const FALL_SECONDS = 20;
const QUOTE_EVERY_SECONDS = 10;
const BANDLESS = { min: 0.000001, max: 100 };
const SHAPE = { usd: 200_000, reach: 0.01, levels: 5, halfSpread: 0.0005 };

interface Wrapped {
  readonly symbol: string;
  readonly asset: number;
  readonly share: number;
  readonly house: House;
}

/** The scenario. */
export const theCollateralIndex: Scenario = {
  id: 'S2',
  title: 'The collateral index',
  day: 'Three wrapped assets, collateral of many, trade 88, 80 and 35 per cent below their worth on their own books for forty minutes, while each can be redeemed as before.',
  play: ({ form, random, open }) => {
    const { people, holdSeconds } = SIZES[form];
    const play = open({ coins: COINS, accounts: people * 3 + 32, orders: 4_096, rowsPerAccount: 6, fundUsdc: 1_000_000 });
    const { venue } = play;
    const tape = new Tape(venue, 1e6);
    const perps = ['ETH', 'SOL'].map((symbol) => new House(venue, marketOf(venue, `${symbol}_USDC_PERP`).ix, 4e9));
    const wrapped = FALLS.map((fall) => listWrapped(venue, fall));
    play.draw(wrapped.map(({ house }) => house.market));
    let second = 0;
    const live = (seconds: number): void => {
      for (const end = second + seconds; second < end; second += 1) liveSecond(play, perps, wrapped, tape, second);
    };
    live(1);
    const owners = wrapped.flatMap((one) => Array.from({ length: people }, (_, at) => openOwner(venue, random, one, perps[at % 2], at)));
    live(FALL_SECONDS + holdSeconds);
    judge(play, wrapped, owners);
  },
};

/** Its book may go anywhere: no band keeps a trade near its worth. No source speaks of it either: it has a rate. */
function listWrapped(venue: SimVenue, { symbol, share }: { symbol: string; share: number }): Wrapped {
  const { ix, listing } = marketOf(venue, `${symbol}_USDC`);
  changeListing(venue, { ...listing, limitBand: BANDLESS, impactBand: BANDLESS, meanMarkBand: BANDLESS });
  const asset = assetOf(venue, symbol);
  venue.usd[asset.ix] = 0;
  return { symbol, asset: asset.ix, share, house: new House(venue, ix, 50e6, 50e6 / asset.price.index) };
}

/** Owns nothing but the wrapped asset, and owes dollars or holds a perpetual against it. */
function openOwner(venue: SimVenue, random: Random, { asset }: Wrapped, perp: House | undefined, at: number): SimPerson {
  const coin = venue.state.assets[asset];
  if (coin === undefined || perp === undefined) throw new Error('a wrapped asset and a perpetual for everybody');
  const person = venue.person();
  const usd = random.between(2_000, 60_000);
  venue.deposit(person, asset, Math.floor((usd / coin.price.index) * coin.unitAtoms));
  if (at % 4 < 2) {
    const { rejectCode } = withdraw(venue, person, { asset: venue.state.usdc, atoms: Math.floor(usd * 0.65e6), mayBorrow: true });
    if (rejectCode !== 0) throw new Error(`a loan against a wrapped asset was refused: ${rejectCode}`);
  } else openPosition(venue, perp, person, { usd: usd * 5, isLong: at % 4 === 2 });
  return person;
}

/** The underlyings stay about where they are; the wrapped books fall and stay down. */
function liveSecond(play: Play, perps: readonly House[], wrapped: readonly Wrapped[], tape: Tape, second: number): void {
  const { venue } = play;
  const calm = 1 + 0.005 * Math.sin(second / 60);
  for (const symbol of ['ETH', 'SOL']) venue.usd[assetOf(venue, symbol).ix] = (symbol === 'ETH' ? 4_000 : 200) * calm;
  if (second % QUOTE_EVERY_SECONDS === 0 || second < FALL_SECONDS) {
    for (const perp of perps) requote(venue, perp, tape, 1);
    for (const { house, share } of wrapped) {
      const turns = [
        { second: 1, factor: 1 },
        { second: FALL_SECONDS, factor: share },
      ];
      requote(venue, house, tape, factorAt(turns, second));
    }
  }
  play.second();
}

function requote(venue: SimVenue, house: House, tape: Tape, share: number): void {
  const base = venue.state.assets[venue.state.markets[house.market]?.base ?? -1];
  house.quote((base?.price.index ?? 0) * share, SHAPE);
  tape.print(house.market);
}

function judge(play: Play, wrapped: readonly Wrapped[], owners: readonly SimPerson[]): void {
  const { venue, recorder } = play;
  const { state } = venue;
  for (const { symbol, asset, share, house } of wrapped) {
    const { lastTicks = 0, tickSize = 0 } = state.markets[house.market] ?? {};
    const price = state.assets[asset]?.price;
    if (price === undefined) continue;
    const traded = (lastTicks * tickSize) / price.index;
    play.check(
      `${symbol} trades on its own book at ${share} of its worth`,
      Math.abs(traded - share) < 0.01,
      `last at ${traded.toFixed(3)}`,
    );
    play.check(
      `${symbol} is worth its redemption all the same`,
      price.mark === price.index,
      `mark ${price.mark.toPrecision(8)}, index ${price.index.toPrecision(8)}`,
    );
    play.figure(`what new risk takes off ${symbol}`, `${(price.bookDiscount * 100).toFixed(1)} %`);
  }
  play.check('nobody is liquidated because of it', recorder.flags.length === 0, `${recorder.flags.length} accounts were flagged`);
  const exposed = owners.filter(({ account }) => answerQuery(state, 'margin', { account }).totalExposure > 0).length;
  play.check('everybody keeps what they held', exposed === owners.length, `${exposed} of ${owners.length} still owe or hold a position`);
}
