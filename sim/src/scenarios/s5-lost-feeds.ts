/** S5: the feeds are lost for four and a half hours, and the history store with them. Reduce-only matching goes on, nothing is lost. */
import { answerQuery } from '@mochila/core';
import { commands, events, OrderKind, rejects, Side, TimeInForce } from '@mochila/protocol';
import type { Random } from '../random.ts';
import { EventCounts } from '../record/event-counts.ts';
import type { Play, Scenario } from '../scenario.ts';
import { inDirectory } from '../stored/in-directory.ts';
import { type LossOfHistory, loseHistory } from '../stored/lose-history.ts';
import { storeJournal } from '../stored/store-journal.ts';
import type { SimPerson, SimVenue } from '../venue/sim-venue.ts';
import { House, Tape } from '../world/house.ts';
import { marketOf } from '../world/lookup.ts';
import { openPosition } from '../world/population.ts';

const SIZES = { full: { people: 200, lostSeconds: 16_200 }, short: { people: 20, lostSeconds: 600 } };
const FIRST_USD = 100_000;
/** Where the world is when the feeds are back. */
const AFTER = 0.97;
const TRADE_EVERY_SECONDS = 15;
/** A price is stale so long after its last source fell silent. */
const STALE_AFTER_SECONDS = 60;
const SHAPE = { usd: 4e6, reach: 0.005, levels: 10, halfSpread: 0.0002 };
/** Somebody closes more than the book holds near the price, while forgotten bids stand far below it. */
const DUMP = { equityUsd: 1.5e6, usd: 5e6, forgottenAt: 0.86, forgottenUsd: 200_000, limitAt: 0.8 };
/** The feeds are back before the makers are. */
const MAKERS_BACK_SECONDS = 10;
const AROUND_SECONDS = 60;

/** The scenario. */
export const lostFeeds: Scenario = {
  id: 'S5',
  title: 'Feeds lost for four and a half hours',
  day: 'Every price source falls silent for four and a half hours. The store of history is lost as long. Who wants to close may close, and one of them closes more than the book holds; nothing else happens to anybody, then or when the feeds are back before the makers.',
  play: async ({ form, engine, random, open }) => {
    const { people, lostSeconds } = SIZES[form];
    const coins = [{ symbol: 'BTC', usd: FIRST_USD, kind: 'major' as const, markets: 'perp' as const }];
    const play = open({ coins, accounts: people + 16, orders: 4_096, rowsPerAccount: 4, fundUsdc: 5_000_000 });
    const { venue } = play;
    const house = new House(venue, marketOf(venue, 'BTC_USDC_PERP').ix, 2e9);
    const tape = new Tape(venue, 1e6);
    play.second();
    const crowd = Array.from({ length: people }, (_, at) => openTrader(venue, random, house, at % 2 === 0));
    const dumper = openDumper(venue, house);
    liveWell(play, house, tape, FIRST_USD);
    leaveForgottenBids(venue, house);
    const lostAt = venue.state.seq;
    const counts = new EventCounts(venue);
    liveWithoutFeeds(play, house.market, crowd, counts, lostSeconds);
    dump(venue, house.market, dumper);
    feedsBeforeMakers(play, house);
    const backAt = venue.state.seq;
    liveWell(play, house, tape, FIRST_USD * AFTER);
    const last = venue.state.seq;
    const { bookState, isReduceOnly = true } = venue.state.markets[house.market] ?? {};
    play.check(
      'the market is open again with the feeds',
      bookState === 0 && !isReduceOnly,
      `book state ${bookState}, reduce-only ${isReduceOnly}`,
    );
    // The other engine keeps no journal: nothing of it is judged.
    if (engine === 'layered') await judgeHistory(play, { lostAt, backAt, last, accounts: venue.state.accounts.used });
  },
};

function openTrader(venue: SimVenue, random: Random, house: House, isLong: boolean): SimPerson {
  const person = venue.person();
  const usd = random.between(5_000, 50_000);
  venue.deposit(person, venue.state.usdc, Math.floor(usd * 1e6));
  openPosition(venue, house, person, { usd: usd * random.between(2, 12), isLong });
  return person;
}

/** Long, with more than the book can take near the price. */
function openDumper(venue: SimVenue, house: House): SimPerson {
  const person = venue.person();
  venue.deposit(person, venue.state.usdc, DUMP.equityUsd * 1e6);
  openPosition(venue, house, person, { usd: DUMP.usd, isLong: true });
  return person;
}

function leaveForgottenBids(venue: SimVenue, house: House): void {
  const { lotSize = 1 } = venue.state.markets[house.market] ?? {};
  const usd = FIRST_USD * DUMP.forgottenAt;
  const rejectCode = house.rest(Side.Bid, usd, Math.floor(DUMP.forgottenUsd / usd / lotSize));
  if (rejectCode !== 0) throw new Error(`bids far below the price were refused: ${rejectCode}`);
}

/** Closes all it may at whatever price, in two orders: the second one finds the forgotten bids. */
function dump(venue: SimVenue, market: number, person: SimPerson): void {
  const priceTicks = Math.round((FIRST_USD * DUMP.limitAt) / (venue.state.markets[market]?.tickSize ?? 1));
  const order = { market, side: Side.Ask, orderKind: OrderKind.Limit, timeInForce: TimeInForce.IOC, isReduceOnly: 1, priceTicks };
  for (let at = 0; at < 2; at += 1) {
    const { sizeLots = 0 } = answerQuery(venue.state, 'positions', { account: person.account })[0] ?? {};
    if (sizeLots > 0) venue.as(person, commands.placeOrder, { ...order, quantityLots: sizeLots });
  }
}

/** Index and no book but what is left of the old one. */
function feedsBeforeMakers(play: Play, house: House): void {
  const { venue, recorder } = play;
  const flags = recorder.flags.length;
  venue.usd[1] = FIRST_USD * AFTER;
  for (let second = 0; second < MAKERS_BACK_SECONDS; second += 1) play.second();
  const { lastTicks = 0, tickSize = 1 } = venue.state.markets[house.market] ?? {};
  const flagged = recorder.flags.length - flags;
  play.check(
    'what was dumped in the silence liquidates nobody',
    flagged === 0,
    `last trade at ${((lastTicks * tickSize) / FIRST_USD).toFixed(3)} of the first price, index at ${AFTER}; ${flagged} accounts were flagged`,
  );
  play.figure('accounts liquidated when the feeds were back', String(flagged));
}

function liveWell(play: Play, house: House, tape: Tape, usd: number): void {
  play.venue.usd[1] = usd;
  for (let second = 0; second < AROUND_SECONDS; second += 1) {
    house.quote(usd, SHAPE);
    tape.print(house.market);
    play.second();
  }
}

/** Silence; now and then somebody closes a little, and somebody else tries to open. */
function liveWithoutFeeds(play: Play, market: number, crowd: readonly SimPerson[], counts: EventCounts, lostSeconds: number): void {
  const { venue } = play;
  const entry = venue.state.markets[market];
  if (entry === undefined) throw new Error('the market is listed');
  venue.usd[1] = 0;
  for (let second = 0; second < STALE_AFTER_SECONDS; second += 1) play.second();
  const { markTicks } = entry.price;
  const flags = counts.of(events.accountFlagged);
  const tried = { closes: 0, closed: 0, opens: 0, refused: 0 };
  for (let second = 0; second < lostSeconds; second += 1) {
    play.second();
    if (second % TRADE_EVERY_SECONDS !== 0) continue;
    const at = (second / TRADE_EVERY_SECONDS) % crowd.length;
    const fills = counts.of(events.fill);
    const side = at % 2 === 0 ? Side.Ask : Side.Bid;
    const order = { market, side, orderKind: OrderKind.Market, timeInForce: TimeInForce.IOC, quantityLots: 1 };
    const person = crowd[at];
    if (person === undefined) continue;
    venue.as(person, commands.placeOrder, { ...order, isReduceOnly: 1 });
    tried.closes += 1;
    tried.closed += counts.of(events.fill) > fills ? 1 : 0;
    tried.opens += 1;
    tried.refused +=
      venue.as(person, commands.placeOrder, { ...order, side: 1 - side }).rejectCode === rejects.marketReduceOnly.code ? 1 : 0;
  }
  const hours = (lostSeconds / 3_600).toFixed(2);
  const flagged = counts.of(events.accountFlagged) - flags;
  play.check(
    'reduce-only matching goes on',
    tried.closed === tried.closes,
    `${tried.closed} of ${tried.closes} closing orders were filled in ${hours} h`,
  );
  play.check(
    'nobody may open',
    tried.refused === tried.opens,
    `${tried.refused} of ${tried.opens} opening orders were refused as reduce-only`,
  );
  play.check('nobody is liquidated on a price that is not there', flagged === 0, `${flagged} accounts were flagged`);
  play.check('the mark holds', entry.price.markTicks === markTicks, `${markTicks} ticks before, ${entry.price.markTicks} after`);
}

/** The journal as the venue keeps it, and the true writer of history whose store is lost as long as the feeds are. */
async function judgeHistory(play: Play, loss: LossOfHistory): Promise<void> {
  const { log, genesis } = play.venue;
  if (log === null) throw new Error('a play keeps its commands');
  await inDirectory(async (directory) => {
    const stored = { directory, venueId: genesis.venueId };
    storeJournal(log, stored);
    const found = await loseHistory(stored, genesis, loss);
    const lost = loss.backAt - loss.lostAt;
    play.check(
      'history falls behind by what it lost, no more',
      found.lagCommands === lost && found.faults > 0,
      `${found.lagCommands} of ${lost} commands were missing when its store came back`,
    );
    play.check('history catches up', found.checkpointSeq === loss.last, `it holds commands up to ${found.checkpointSeq} of ${loss.last}`);
    play.check(
      'nothing acknowledged is lost',
      found.fills > 0 && found.sameFills === found.fills,
      `${found.sameFills} of ${found.fills} fills are what the journal says, place by place`,
    );
  });
}
