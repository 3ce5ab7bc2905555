/** `GET /api/v1/backstop` and its public summary. */
import type { BackstopAnswer } from '@mochila/protocol';
import { z } from 'zod';
import { BackstopCapacity, BackstopPosting } from '../../schemas/backstop-answers.ts';
import type { VenueDirectory } from '../../venue/directory.ts';
import { writeAmount, writeIso } from '../../venue/write-decimals.ts';
import { definePublicRoute, defineSignedRoute, NO_BODY, NO_QUERY } from '../route.ts';

/** Lists the account's offers. */
export const readBackstop = defineSignedRoute({
  route: 'GET /api/v1/backstop',
  area: 'Account',
  summary: 'What the account offers to take over in liquidation, by market, and what of it is used.',
  permission: 'read',
  query: NO_QUERY,
  body: NO_BODY,
  answer: z.array(BackstopPosting),
  handle: async ({ services, caller }) => {
    const postings = await services.engine.ask('backstop', { account: caller.account });
    return postings.map((posting) => postingAnswer(services.directory, posting));
  },
});

/** Lists what all providers offer. */
export const readBackstopCapacity = definePublicRoute({
  route: 'GET /api/v1/backstop/capacity',
  area: 'Markets',
  summary: 'What all backstop providers of each market offer together, live.',
  query: NO_QUERY,
  body: NO_BODY,
  answer: z.array(BackstopCapacity),
  handle: async ({ services }) => {
    const usdc = services.directory.asset('USDC');
    const rows = await services.engine.ask('backstopCapacity', {});
    return rows.map(({ market, providers, capitalAtoms, notionalAtoms, freeAtoms }) => ({
      symbol: services.directory.marketAt(market).symbol,
      providers,
      capital: writeAmount(usdc, capitalAtoms),
      maxNotional: writeAmount(usdc, notionalAtoms),
      free: writeAmount(usdc, freeAtoms),
    }));
  },
});

/** A posting in symbols and decimals. */
export function postingAnswer(directory: VenueDirectory, posting: BackstopAnswer): BackstopPosting {
  const usdc = directory.asset('USDC');
  const isOnNotice = posting.nextAtMicros > 0;
  return {
    symbol: directory.marketAt(posting.market).symbol,
    capital: writeAmount(usdc, posting.capitalAtoms),
    maxNotional: writeAmount(usdc, posting.notionalAtoms),
    maxPerMinute: writeAmount(usdc, posting.minuteAtoms),
    maxPerHour: writeAmount(usdc, posting.hourAtoms),
    carried: writeAmount(usdc, posting.carriedAtoms),
    takenInMinute: writeAmount(usdc, posting.takenInMinuteAtoms),
    takenInHour: writeAmount(usdc, posting.takenInHourAtoms),
    free: writeAmount(usdc, posting.freeAtoms),
    notice: isOnNotice
      ? {
          endsAt: writeIso(posting.nextAtMicros),
          capital: writeAmount(usdc, posting.nextCapitalAtoms),
          maxNotional: writeAmount(usdc, posting.nextNotionalAtoms),
          maxPerMinute: writeAmount(usdc, posting.nextMinuteAtoms),
          maxPerHour: writeAmount(usdc, posting.nextHourAtoms),
        }
      : null,
  };
}
