/** One command has a hundred turns: positions move between the ranking of winners and the last close of the command. */
import { commands, events, LiquidationStage } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { trade } from '../../testing/fallen-venue.ts';
import { actIn, bareVenue, personWith, setPrice } from '../../testing/forced-venue.ts';
import { SmallAsset, SmallMarket } from '../../testing/small-genesis.ts';
import { exposedParts } from '../exposed-parts.ts';
import { forcedTransfer } from '../forced-transfer.ts';
import { chooseWinners } from './choose-winners.ts';
import { closePosition } from './close-position.ts';

const { ETH, SOL } = SmallAsset;
const PERP = SmallMarket.SOL_USDC_PERP;
const M = 1_000_000;

describe('winners who changed within a command', () => {
  it('are found where a provider took over the position of the winner that was ranked', () => {
    const venue = bareVenue({ fundGrant: '0' });
    const bankrupt = personWith(venue, 1, [80 * M]);
    const long = personWith(venue, 2, [1_040 * M]);
    const short = personWith(venue, 3, [2_000 * M]);
    const provider = personWith(venue, 4, [100_000 * M]);
    const rich = personWith(venue, 5, [1_000_000 * M]);
    const most = 1e15;
    const offer = { capitalAtoms: 10_000 * M, notionalAtoms: most, minuteAtoms: 14_100 * M, hourAtoms: most };
    venue.as(provider, commands.setBackstop, { market: PERP, ...offer });
    trade(venue, PERP, bankrupt, short, 1_000, 15_000);
    trade(venue, PERP, long, short, 10_000, 15_000);
    trade(venue, SmallMarket.ETH_USDC_PERP, short, rich, 66_000, 300_000);
    setPrice(venue, SOL, 140);
    setPrice(venue, ETH, 2_540);
    const closed: number[] = [];
    const { sendOne } = venue;
    venue.sendOne = (schema, fields, timeMicros) => {
      const answer = sendOne.call(venue, schema, fields, timeMicros);
      const told = venue.events(events.deleveraged).filter(({ market }) => market === PERP);
      expect(told.length === 0 || told.length >= 2).toBe(true);
      for (const { neededLots, overshootLots } of told) closed.push(neededLots, overshootLots);
      const taken = venue.events(events.backstopTaken);
      if (told.length > 0) expect(taken[0]).toMatchObject({ stage: LiquidationStage.Backstop, account: short.account });
      return answer;
    };
    venue.live(1);
    expect(closed.filter((_, at) => at % 2 === 1).every((lots) => lots === 0)).toBe(true);
    expect([bankrupt, long, short].map((person) => venue.size(person, PERP))).toEqual([0, 0, 0]);
    expect(venue.audit()).toEqual([]);
  });

  it('are closed for no more than they have, and not at all on the side of the loser', () => {
    const venue = bareVenue();
    const long = personWith(venue, 1, [100_000 * M]);
    const turned = personWith(venue, 2, [100_000 * M]);
    // Of 40 SOL short it hedges 10.
    const hedged = personWith(venue, 3, [100_000 * M, 0, 0, 0, 10e8]);
    const other = personWith(venue, 4, [100_000 * M]);
    trade(venue, PERP, long, turned, 4_000, 15_000);
    trade(venue, PERP, long, hedged, 4_000, 15_000);
    trade(venue, PERP, long, other, 4_000, 15_000);
    const { state } = venue;
    const market = state.markets[PERP]!;
    actIn(state, () => {
      // Ranked here, and then one is turned and one is left with less than its two parts.
      for (const { winner } of chooseWinners(state, market, long.account, true, 1, 15_000)) winner.lots += 1;
      forcedTransfer(state, market, turned.account, [{ account: other.account, lots: 4_000, priceTicks: 15_000 }], 0);
      forcedTransfer(state, market, hedged.account, [{ account: other.account, lots: 3_800, priceTicks: 15_000 }], 0);
      forcedTransfer(state, market, other.account, [{ account: turned.account, lots: 300, priceTicks: 15_000 }], 0);
      forcedTransfer(state, market, long.account, [{ account: turned.account, lots: 500, priceTicks: 15_000 }], 0);
      closePosition(state, long.account, exposedParts(state, long.account)[0]!, 0);
    });
    expect(venue.size(long, PERP)).toBe(0);
    expect([turned, hedged, other].map((person) => venue.size(person, PERP)).reduce((sum, lots) => sum + lots, 0)).toBe(0);
    expect(venue.size(hedged, PERP)).toBeLessThanOrEqual(0);
    expect(venue.audit()).toEqual([]);
  });
});
