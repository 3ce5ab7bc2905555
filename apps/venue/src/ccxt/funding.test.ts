import { startVenueProcess, type VenueProcess } from '@mochila/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askUntil, type CcxtUser, openCcxtUser, roundPrice } from '../testing/ccxt-user.ts';

const PERP = 'SOL/USDC:USDC';
const HOUR_MS = 3_600_000;
/**
 * An hour takes half a minute. It is paid for only if at least half of its seconds had a tick of their own, the one that the
 * venue begins in too: a machine that is shared keeps that pace, not a much faster one.
 */
const SPEED = '120';
const HOURS_HERE_MS = 200_000;

let venue: VenueProcess;
let long: CcxtUser;
let short: CcxtUser;

beforeAll(async () => {
  venue = await startVenueProcess({ flags: ['--speed', SPEED] });
  long = await openCcxtUser(venue.url, 1);
  short = await openCcxtUser(venue.url, 2);
  const price = await roundPrice(long);
  await short.createOrder(PERP, 'limit', 'sell', 2, price);
  await long.createOrder(PERP, 'limit', 'buy', 2, price);
});
afterAll(() => venue.stop());

describe('funding over ccxt', () => {
  it('is paid at the full hour between long and short, and both see it with its rate', async () => {
    const paidBy = async (user: CcxtUser) => {
      const payments = await askUntil(
        () => user.fetchFundingHistory(PERP),
        (found) => found.length > 0,
        HOURS_HERE_MS,
      );
      return payments.at(0);
    };
    const [ofLong, ofShort] = [await paidBy(long), await paidBy(short)];
    expect(ofLong).toMatchObject({ symbol: PERP });
    expect(Number(ofLong?.timestamp) % HOUR_MS).toBe(0);
    expect(ofShort?.timestamp).toBe(ofLong?.timestamp);
    const [rateOfLong] = await askUntil(
      () => long.fetchFundingRateHistory(PERP, undefined, 100),
      (rates) => rates.some(({ timestamp }) => timestamp === ofLong?.timestamp),
    );
    expect(rateOfLong).toMatchObject({ symbol: PERP });
    const rate = Number(ofLong?.info.fundingRate);
    expect(rate).not.toBe(0);
    expect(Math.sign(Number(ofLong?.amount))).toBe(-Math.sign(rate));
    // The payer rounds up, the receiver down: at most one atom of USDC apart.
    expect(Math.abs(Number(ofLong?.amount) + Number(ofShort?.amount))).toBeLessThanOrEqual(1.5e-6);
    expect(Math.abs(Number(ofLong?.amount))).toBeGreaterThan(0);
  });
});
