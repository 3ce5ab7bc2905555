/** S13: resting orders run over. Bids rest while the mark falls through them, and a colluder sells into them. */
import { answerQuery } from '@mochila/core';
import { commands, ExpiryReason, OrderKind, Side, TimeInForce } from '@mochila/protocol';
import { EventCounts } from '../record/event-counts.ts';
import type { Play, Scenario } from '../scenario.ts';
import type { SimPerson, SimVenue } from '../venue/sim-venue.ts';
import { FUND_ACCOUNT } from '../venue/venue-accounts.ts';
import { marketOf } from '../world/lookup.ts';
import { openPair } from '../world/push.ts';
import { tradeBetween } from '../world/trade-between.ts';

const SIZES = { full: { victims: 400 }, short: { victims: 12 } };
const FIRST_USD = 60_000;
const BIDS = 10;
/** What the ten bids of a victim ask for together, times its own money: initial margin is just met. */
const REACH = 18;
const FALL = 0.915;
/** Seconds of the fall before the colluder sells: the mark has gone through the bids by then, not yet to the index. */
const SALE_AT = 12;
const SETTLE_SECONDS = 60;
const ROUNDS = 20;

/** A victim before and after a sale. */
interface Stand {
  readonly equity: number;
  readonly maintenance: number;
  readonly exposure: number;
  readonly fraction: number;
}

/** The scenario. */
export const restingOrders: Scenario = {
  id: 'S13',
  title: 'Resting orders run over',
  day: "Many accounts rest bids for all the margin they have. The mark falls through the bids, and a colluder sells into them what is worth less already, so that the loss would be the fund's.",
  play: ({ form, open }) => {
    const { victims } = SIZES[form];
    const coins = [{ symbol: 'BTC', usd: FIRST_USD, kind: 'major' as const, markets: 'perp' as const }];
    const play = open({ coins, accounts: victims + 16, orders: victims * BIDS + 1_024, rowsPerAccount: 4, fundUsdc: 1_000_000 });
    const { venue } = play;
    const market = marketOf(venue, 'BTC_USDC_PERP').ix;
    const counts = new EventCounts(venue);
    const fundBefore = answerQuery(venue.state, 'margin', { account: FUND_ACCOUNT }).realEquity;
    // So that there is a last trade, which an engine without layers marks by.
    const printers = openPair(venue, 1_000);
    tradeBetween(venue, { market, buyer: printers.long, seller: printers.short, lots: 1 });
    const people = Array.from({ length: victims }, () => openVictim(venue, market));
    const colluder = venue.person();
    venue.deposit(colluder, venue.state.usdc, 100e12);
    for (let second = 0; second < 5; second += 1) play.second();
    venue.usd[1] = FIRST_USD * FALL;
    for (let second = 0; second < SALE_AT; second += 1) play.second();
    const worse = sellInto(play, colluder, market, people);
    const soldUsd =
      Math.abs(answerQuery(venue.state, 'positions', { account: colluder.account })[0]?.sizeLots ?? 0) * lotUsd(venue, market);
    const guarded = counts.expiredBy(ExpiryReason.InsufficientMargin);
    for (let second = 0; second < SETTLE_SECONDS; second += 1) play.second();
    const fund = answerQuery(venue.state, 'margin', { account: FUND_ACCOUNT }).realEquity;
    play.figure(
      'sold into bids that were run over',
      `${(soldUsd / 1e6).toFixed(2)}M USD of ${((victims * 10_000 * REACH) / 1e6).toFixed(2)}M`,
    );
    play.figure('fills that left the owner of a bid below maintenance', String(worse));
    play.figure('bids cancelled by the guard', String(guarded));
    play.check(
      'the fill guard holds',
      worse === 0 && guarded > 0,
      `${guarded} bids were cancelled before they would leave their owner below maintenance; ${worse} fills left one there`,
    );
    play.check('something was sold at all', soldUsd > 0, `${soldUsd.toFixed(0)} USD`);
    play.check('the fund loses nothing', fund >= fundBefore, `it began with ${fundBefore.toFixed(2)} USD and ends with ${fund.toFixed(2)}`);
    play.check('no bad debt', play.recorder.tally.badDebtUsd === 0, `lenders lost ${play.recorder.tally.badDebtUsd} USD`);
  },
};

/** Ten bids below the mark, far more than it could hold at a lower one. */
function openVictim(venue: SimVenue, market: number): SimPerson {
  const { tickSize = 1, lotSize = 1 } = venue.state.markets[market] ?? {};
  const person = venue.person();
  venue.deposit(person, venue.state.usdc, 10_000e6);
  const lots = Math.floor((10_000 * REACH) / BIDS / FIRST_USD / lotSize);
  for (let at = 1; at <= BIDS; at += 1) {
    const priceTicks = Math.round((FIRST_USD * (1 - at * 0.0005)) / tickSize);
    const { rejectCode } = venue.as(person, commands.placeOrder, { market, side: Side.Bid, priceTicks, quantityLots: lots });
    if (rejectCode !== 0) throw new Error(`a bid within initial margin was refused: ${rejectCode}`);
  }
  return person;
}

/** Sells as much as the bids want, in many orders; looks at every victim before and after each. @returns fills that left one below maintenance, and no better. */
function sellInto({ venue }: Play, colluder: SimPerson, market: number, people: readonly SimPerson[]): number {
  const { tickSize = 1 } = venue.state.markets[market] ?? {};
  const priceTicks = Math.round((FIRST_USD * 0.98) / tickSize);
  let worse = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = people.map((person) => standOf(venue, person));
    const order = { market, side: Side.Ask, orderKind: OrderKind.Limit, timeInForce: TimeInForce.IOC, priceTicks };
    venue.as(colluder, commands.placeOrder, {
      ...order,
      quantityLots: Math.ceil((people.length * REACH * 10_000) / ROUNDS / lotUsd(venue, market)),
    });
    for (const [at, person] of people.entries()) {
      const [then, now] = [before[at], standOf(venue, person)];
      if (then !== undefined && now.exposure !== then.exposure && now.equity < now.maintenance && now.fraction <= then.fraction) worse += 1;
    }
  }
  return worse;
}

function standOf(venue: SimVenue, { account }: SimPerson): Stand {
  const { netEquity, maintenanceMargin, totalExposure } = answerQuery(venue.state, 'margin', { account });
  const fraction = totalExposure > 0 ? netEquity / totalExposure : Number.POSITIVE_INFINITY;
  return { equity: netEquity, maintenance: maintenanceMargin, exposure: totalExposure, fraction };
}

function lotUsd(venue: SimVenue, market: number): number {
  const entry = venue.state.markets[market];
  return entry === undefined ? 0 : entry.lotSize * entry.price.markTicks * entry.tickSize;
}
