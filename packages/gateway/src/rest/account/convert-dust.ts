/** `POST /api/v1/account/convertDust`. */
import { commands, type HoldingAnswer } from '@mochila/protocol';
import { AccountConvertDustPayload } from '../../schemas/account-requests.ts';
import { type CallerContext, carryOut, headerOf } from '../../venue/carry-out.ts';
import type { AssetEntry, VenueDirectory } from '../../venue/directory.ts';
import { defineSignedRoute, NO_ANSWER, NO_QUERY } from '../route.ts';

/** Turns balances too small to sell into USDC. */
export const convertDust = defineSignedRoute({
  route: 'POST /api/v1/account/convertDust',
  area: 'Capital',
  summary: 'Turns a balance below the minimum quantity of its spot market into USDC, at the index price.',
  description: 'Without a symbol all such balances are turned.',
  permission: 'trade',
  query: NO_QUERY,
  body: AccountConvertDustPayload,
  answer: NO_ANSWER,
  format: 'empty',
  handle: async (context) => {
    const { body, services } = context;
    const assets = body.symbol === undefined ? await findDust(context) : [services.directory.asset(body.symbol)];
    for (const [position, asset] of assets.entries()) await convert(context, asset, position);
    return undefined;
  },
});

async function convert(context: CallerContext, asset: AssetEntry, position: number): Promise<void> {
  const fields = { ...commands.convertDust.defaults, ...headerOf(context, position), asset: asset.ix };
  await carryOut(context, { command: { name: 'convertDust', fields }, about: { asset } });
}

async function findDust({ services, caller }: CallerContext): Promise<AssetEntry[]> {
  const holdings = await services.engine.ask('holdings', { account: caller.account });
  return holdings.filter((holding) => isDust(services.directory, holding)).map(({ asset }) => services.directory.assetAt(asset));
}

function isDust({ markets }: VenueDirectory, { asset, freeAtoms, lentAtoms, debtAtoms, heldAtoms }: HoldingAnswer): boolean {
  const market = markets.find(({ isPerp, base, quote }) => !isPerp && base.ix === asset && quote.symbol === 'USDC');
  const owned = freeAtoms + lentAtoms;
  if (market === undefined || owned === 0 || debtAtoms > 0 || heldAtoms > 0) return false;
  return owned < market.listing.minQuantityLots * market.quantityScale.lotAtoms;
}
