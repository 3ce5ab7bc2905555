import { commands, events } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { trade } from '../testing/fallen-venue.ts';
import { bareVenue, personWith, setPrice } from '../testing/forced-venue.ts';
import { SmallAsset, SmallMarket } from '../testing/small-genesis.ts';

const PERP = SmallMarket.SOL_USDC_PERP;
const M = 1_000_000;

/** Somebody long one lot, a hundredth of a SOL at 150, with eight cents. */
function oneLot(fundGrant: string) {
  const venue = bareVenue({ fundGrant });
  const long = personWith(venue, 1, [80_000]);
  const rich = personWith(venue, 2, [1_000 * M]);
  trade(venue, PERP, long, rich, 1, 15_000);
  expect(venue.size(long, PERP)).toBe(1);
  return { venue, long, rich };
}

describe('a position of one lot', () => {
  it('goes whole to a provider', () => {
    const { venue, long } = oneLot('1000');
    const provider = personWith(venue, 3, [1_000 * M]);
    const most = { notionalAtoms: 500 * M, minuteAtoms: 500 * M, hourAtoms: 500 * M };
    expect(venue.as(provider, commands.setBackstop, { market: PERP, capitalAtoms: 500 * M, ...most }).rejectCode).toBe(0);
    setPrice(venue, SmallAsset.SOL, 142.5);
    venue.live(1);
    expect([venue.size(long, PERP), venue.size(provider, PERP)]).toEqual([0, 1]);
    expect(venue.state.liquidation.cases.live).toBe(0);
    expect(venue.audit()).toEqual([]);
  });

  it('is closed against its winner, deficit and all, where nobody takes it', () => {
    const { venue, long, rich } = oneLot('0');
    setPrice(venue, SmallAsset.SOL, 141.5);
    venue.live(1);
    expect([venue.size(long, PERP), venue.size(rich, PERP)]).toEqual([0, 0]);
    expect(venue.net(long, SmallAsset.USDC)).toBe(0);
    expect(venue.events(events.deleveraged)).toMatchObject([{ neededLots: 1, takenLots: 1, overshootLots: 0 }]);
    expect(venue.audit()).toEqual([]);
  });
});
