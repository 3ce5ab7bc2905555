/** S4: a restart with prices eight hours old. Nothing trades or is liquidated on them before there are fresh ones. */
import { answerQuery } from '@mochila/core';
import { BookState, commands, events, OrderKind, rejects, Side, TimeInForce, TriggerBy } from '@mochila/protocol';
import type { Random } from '../random.ts';
import { EventCounts } from '../record/event-counts.ts';
import type { Play, Scenario } from '../scenario.ts';
import type { SimPerson, SimVenue } from '../venue/sim-venue.ts';
import { House, Tape } from '../world/house.ts';
import { marketOf } from '../world/lookup.ts';
import { openPosition } from '../world/population.ts';
import { restart } from '../world/restart.ts';

const SIZES = { full: { people: 4_000 }, short: { people: 60 } };
/** So many of the crowd are counted for stop-losses: every second one has one. */
const WITH_STOPS = 1_600;
const STOP_SECONDS = 8 * 3_600;
const FIRST_USD = 100_000;
/** Where the world is when the venue comes back. */
const AFTER = 0.94;
const SILENT_SECONDS = 45;
const REPEATING_SECONDS = 45;
const POST_ONLY_SECONDS = 20;
const SETTLE_SECONDS = 120;
const SHAPE = { usd: 20e6, reach: 0.01, levels: 10, halfSpread: 0.0002 };

/** What must not happen on old prices. */
const FORBIDDEN = {
  fills: events.fill,
  'accounts flagged': events.accountFlagged,
  'triggers fired': events.triggerFailed,
  'receipts of force': events.receiptWritten,
  'settlements of accounts': events.accountSettled,
};

const FORCED: readonly string[] = ['accounts flagged', 'receipts of force'];

interface Stopped {
  readonly play: Play;
  readonly house: House;
  readonly stranger: SimPerson;
  readonly market: number;
  readonly counts: EventCounts;
}

/** The scenario. */
export const oldPrices: Scenario = {
  id: 'S4',
  title: 'A restart with prices eight hours old',
  day: 'The venue stops for eight hours with a market full of leverage. It comes back before its sources do, one of them repeats what it said last, and the world stands six per cent lower.',
  play: ({ form, random, open }) => {
    const { people } = SIZES[form];
    const coins = [{ symbol: 'BTC', usd: FIRST_USD, kind: 'major' as const, markets: 'perp' as const }];
    const play = open({ coins, accounts: people + 16, orders: 8_192, rowsPerAccount: 4, fundUsdc: 5_000_000, openInterestUsd: 2e9 });
    const { venue } = play;
    const market = marketOf(venue, 'BTC_USDC_PERP').ix;
    const house = new House(venue, market, 2e9);
    const stranger = venue.person();
    venue.deposit(stranger, venue.state.usdc, 1e12);
    const tape = new Tape(venue, 1e6);
    house.quote(FIRST_USD, SHAPE);
    play.second();
    const crowd = Array.from({ length: people }, (_, at) => openLong(venue, random, house, at));
    for (let second = 0; second < 12; second += 1) {
      house.quote(FIRST_USD, SHAPE);
      tape.print(market);
      play.second();
    }
    const stopped = { play, house, stranger, market, counts: new EventCounts(venue) };
    comeBackOnOldPrices(stopped);
    reopenOnFreshOnes(stopped, crowd, tape);
  },
};

/** Long at ten to sixteen times; many have a stop-loss just below. */
function openLong(venue: SimVenue, random: Random, house: House, at: number): SimPerson {
  const person = venue.person();
  const usd = random.between(500, 20_000);
  venue.deposit(person, venue.state.usdc, Math.floor(usd * 1e6));
  const lots = openPosition(venue, house, person, { usd: usd * random.between(10, 16), isLong: true });
  if (at % 2 === 0 || at >= WITH_STOPS) return person;
  const { rejectCode } = venue.as(person, commands.placeOrder, {
    market: house.market,
    side: Side.Ask,
    orderKind: OrderKind.Market,
    timeInForce: TimeInForce.IOC,
    isReduceOnly: 1,
    triggerBy: TriggerBy.MarkPrice,
    triggerPriceTicks: Math.round((FIRST_USD * 0.97) / (venue.state.markets[house.market]?.tickSize ?? 1)),
    triggerQuantity: lots,
  });
  if (rejectCode !== 0) throw new Error(`a stop-loss was refused: ${rejectCode}`);
  return person;
}

/** Silence, then a source that says the old words again, and somebody who tries to deal at the old prices all the while. */
function comeBackOnOldPrices({ play, stranger, market, counts }: Stopped): void {
  const { venue } = play;
  const before = tallyOf(counts);
  const lastWords = venue.state.tickSecond;
  const [, btcUsd = 0] = venue.usd;
  restart(venue, STOP_SECONDS);
  const markBefore = venue.state.markets[market]?.price.markTicks;
  venue.usd[1] = 0;
  let tries = 0;
  let refused = 0;
  const states = new Set<number>();
  for (let second = 0; second < SILENT_SECONDS + REPEATING_SECONDS; second += 1) {
    if (second >= SILENT_SECONDS) repeatOldWords(venue, btcUsd, lastWords);
    play.second();
    states.add(venue.state.markets[market]?.bookState ?? -1);
    for (const rejectCode of tryToTrade(venue, stranger, market)) {
      tries += 1;
      if (rejectCode === rejects.bookPostOnly.code || rejectCode === rejects.marketReduceOnly.code) refused += 1;
    }
  }
  const happened = Object.entries(tallyOf(counts)).map(([name, count]) => [name, count - (before[name] ?? 0)] as const);
  play.check(
    'nothing happens on old prices',
    happened.every(([, count]) => count === 0),
    happened.map(([name, count]) => `${count} ${name}`).join(', '),
  );
  const forced = happened.filter(([name]) => FORCED.includes(name)).reduce((sum, [, count]) => sum + count, 0);
  play.figure('flags and receipts of force on old prices', String(forced));
  play.figure('orders refused on old prices', `${refused} of ${tries}`);
  play.check(
    'nobody may trade on them',
    tries > 0 && refused === tries,
    `${refused} of ${tries} orders were refused as PostOnly or reduce-only`,
  );
  play.check(
    'the book waits in PostOnly',
    states.size === 1 && states.has(BookState.PostOnly),
    `book states seen: ${[...states].join(', ')}`,
  );
  play.check(
    'the mark holds its last good value',
    venue.state.markets[market]?.price.markTicks === markBefore,
    `${markBefore} ticks at the stop, ${venue.state.markets[market]?.price.markTicks} after ${SILENT_SECONDS + REPEATING_SECONDS} s without fresh prices`,
  );
}

/** Every source says its old price under the sequence it had. */
function repeatOldWords(venue: SimVenue, usd: number, sequence: number): void {
  const rows = venue.genesis.prices.sources.flatMap((_, source) => [source, 1, usd, usd, usd, sequence]);
  venue.send(commands.prices, { quotes: new Uint8Array(Float64Array.from(rows).buffer) });
}

function tryToTrade(venue: SimVenue, stranger: SimPerson, market: number): number[] {
  const order = { market, side: Side.Ask, quantityLots: 100 };
  const { markTicks = 1 } = venue.state.markets[market]?.price ?? {};
  return [
    venue.as(stranger, commands.placeOrder, { ...order, orderKind: OrderKind.Market, timeInForce: TimeInForce.IOC }).rejectCode,
    venue.as(stranger, commands.placeOrder, { ...order, priceTicks: Math.floor(markTicks * 0.99) }).rejectCode,
    venue.as(stranger, commands.placeOrder, { ...order, side: Side.Bid, priceTicks: markTicks, isPostOnly: 1 }).rejectCode,
  ];
}

/** Fresh prices, far from the old: makers first, then everybody. */
function reopenOnFreshOnes({ play, house, stranger, market, counts }: Stopped, crowd: readonly SimPerson[], tape: Tape): void {
  const { venue } = play;
  const entry = venue.state.markets[market];
  if (entry === undefined) throw new Error('the market is listed');
  const usd = FIRST_USD * AFTER;
  venue.usd[1] = usd;
  const before = { fills: counts.of(events.fill), failed: counts.of(events.triggerFailed) };
  house.withdraw();
  let postOnlySeconds = 0;
  for (; postOnlySeconds < POST_ONLY_SECONDS; postOnlySeconds += 1) {
    play.second();
    if (entry.bookState !== BookState.PostOnly) break;
    if (postOnlySeconds === 0) quotePostOnly(venue, house, usd);
  }
  play.check(
    'fresh prices reopen the book, makers first',
    postOnlySeconds >= 3 && entry.bookState === BookState.Open,
    `PostOnly for ${postOnlySeconds} s of fresh prices, then open`,
  );
  for (let second = 0; second < SETTLE_SECONDS; second += 1) {
    house.quote(usd, SHAPE);
    tape.print(market);
    play.second();
  }
  const sold = venue.as(stranger, commands.placeOrder, {
    market,
    side: Side.Ask,
    orderKind: OrderKind.Market,
    timeInForce: TimeInForce.IOC,
    quantityLots: 100,
  });
  play.check(
    'it trades again',
    sold.rejectCode === 0 && counts.of(events.fill) > before.fills,
    `${counts.of(events.fill) - before.fills} fills since`,
  );
  const failed = counts.of(events.triggerFailed) - before.failed;
  play.check('no stop-loss is lost to the reopening', failed === 0, `${failed} triggers failed`);
  const short = crowd.filter(({ account }) => isShort(venue, account)).length;
  play.check(
    'who is short by fresh prices is found',
    play.recorder.flags.length > 0 && short === 0,
    `${play.recorder.flags.length} accounts were flagged after the first fresh price; ${short} stand below maintenance unflagged at the end`,
  );
}

function quotePostOnly(venue: SimVenue, { person, market }: House, usd: number): void {
  const { tickSize = 1 } = venue.state.markets[market] ?? {};
  for (const [side, factor] of [
    [Side.Bid, 0.9998],
    [Side.Ask, 1.0002],
  ] as const) {
    const order = { market, side, isPostOnly: 1, priceTicks: Math.round((usd * factor) / tickSize), quantityLots: 10_000 };
    const { rejectCode } = venue.as(person, commands.placeOrder, order);
    if (rejectCode !== 0) throw new Error(`a maker was refused while the book was PostOnly: ${rejectCode}`);
  }
}

function isShort(venue: SimVenue, account: number): boolean {
  const { netEquity, maintenanceMargin, isLiquidating } = answerQuery(venue.state, 'margin', { account });
  return netEquity < maintenanceMargin && !isLiquidating;
}

function tallyOf(counts: EventCounts): Record<string, number> {
  return Object.fromEntries(Object.entries(FORBIDDEN).map(([name, schema]) => [name, counts.of(schema)]));
}
