import { commands, events } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { trade } from '../testing/fallen-venue.ts';
import { actIn, bareVenue, personWith, setPrice } from '../testing/forced-venue.ts';
import { SmallAsset, SmallMarket, smallGenesis } from '../testing/small-genesis.ts';
import type { TestVenue } from '../testing/test-venue.ts';
import { takeByBackstop } from './backstop/take-by-backstop.ts';

const { USDT, SOL } = SmallAsset;
const PERP = SmallMarket.SOL_USDC_PERP;
const M = 1_000_000;
/** What the venue's own accounts have from the genesis on. */
const VENUE_ROWS = 15;

/** Somebody long 100 SOL, and three providers who never had USDC nor a position. */
function begin(limits: { holdings?: number; positions?: number }) {
  const venue = bareVenue({ limits: { ...smallGenesis().limits, ...limits } });
  const long = personWith(venue, 1, [800 * M]);
  const rich = personWith(venue, 2, [1_000_000 * M]);
  const providers = [3, 4, 5].map((tag) => personWith(venue, tag, [0, 0, 10e8]));
  const most = 1e15;
  for (const provider of providers)
    venue.as(provider, commands.setBackstop, {
      market: PERP,
      capitalAtoms: 50_000 * M,
      notionalAtoms: most,
      minuteAtoms: most,
      hourAtoms: most,
    });
  trade(venue, PERP, long, rich, 10_000, 15_000);
  return { venue, long, rich };
}

function take({ venue, long }: ReturnType<typeof begin>): ReturnType<TestVenue['events']> {
  setPrice(venue, SOL, 142.5);
  actIn(venue.state, () => takeByBackstop(venue.state, long.account));
  expect(venue.audit()).toEqual([]);
  return venue.events(events.backstopTaken);
}

describe('a taking by several where the tables have room for one', () => {
  it('goes to the first of them by rows of holdings', () => {
    const one = begin({ holdings: VENUE_ROWS + 6 });
    one.venue.deposit(one.long, USDT, 1);
    // Five rows are people's, the sixth is the long's USDT: nobody finds room.
    expect(one.venue.state.holdings.capacity - one.venue.state.holdings.live).toBe(0);
    expect(take(one)).toEqual([]);
    const two = begin({ holdings: VENUE_ROWS + 6 });
    expect(two.venue.state.holdings.capacity - two.venue.state.holdings.live).toBe(1);
    expect(take(two)).toHaveLength(1);
  });

  it('goes to the first of them by rows of positions', () => {
    const venue = begin({ positions: 3 });
    expect(venue.venue.state.positions.capacity - venue.venue.state.positions.live).toBe(1);
    expect(take(venue)).toHaveLength(1);
  });
});
