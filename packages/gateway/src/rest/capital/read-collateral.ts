/** `GET /api/v1/capital/collateral`. */
import type { CollateralAnswer, MarginAnswer, PositionAnswer } from '@mochila/protocol';
import { SubaccountQuery } from '../../schemas/account-requests.ts';
import { type Collateral, MarginAccountSummary } from '../../schemas/capital-answers.ts';
import type { AssetEntry, VenueDirectory } from '../../venue/directory.ts';
import { requireOwnSubaccount } from '../../venue/own-subaccount.ts';
import { writeAmount, writeFigure } from '../../venue/write-decimals.ts';
import { defineSignedRoute, NO_BODY } from '../route.ts';

/** Tells equity and margin of the account. */
export const readCollateral = defineSignedRoute({
  route: 'GET /api/v1/capital/collateral',
  area: 'Capital',
  summary: 'Equity and margin of the account, and each asset as collateral.',
  description: 'imf and mmf are the margin requirements over the total exposure, to be compared with marginFraction.',
  permission: 'read',
  query: SubaccountQuery,
  body: NO_BODY,
  answer: MarginAccountSummary,
  handle: async ({ query, services, caller }) => {
    await requireOwnSubaccount(services, caller, query.subaccountId);
    const { account } = caller;
    const { engine, directory } = services;
    const [margin, positions] = await Promise.all([engine.ask('margin', { account }), engine.ask('positions', { account })]);
    return summaryOf(directory, margin, unrealised(directory, positions));
  },
});

function summaryOf(directory: VenueDirectory, margin: MarginAnswer, pnlUnrealized: number): MarginAccountSummary {
  const { totalExposure } = margin;
  const perExposure = (usd: number): string => (totalExposure > 0 ? writeFigure(usd / totalExposure) : '0');
  return {
    assetsValue: writeFigure(margin.assetsValue),
    borrowLiability: writeFigure(margin.borrowLiability),
    collateral: margin.collateral.map((row) => collateralAnswer(directory.assetAt(row.asset), row)),
    imf: perExposure(margin.initialMargin),
    unsettledEquity: writeFigure(margin.unrealisedPnl),
    liabilitiesValue: writeFigure(margin.liabilitiesValue),
    marginFraction: totalExposure > 0 ? perExposure(margin.netEquity) : null,
    mmf: perExposure(margin.maintenanceMargin),
    netEquity: writeFigure(margin.netEquity),
    netEquityAvailable: writeFigure(margin.equityAvailable),
    netEquityLocked: writeFigure(margin.netEquity - margin.equityAvailable),
    netExposureFutures: writeFigure(margin.netExposureFutures),
    pnlUnrealized: writeFigure(pnlUnrealized),
  };
}

/** Profit since the positions were opened, in USD of the quote assets: what their holders call unrealised, whatever was settled already. */
function unrealised(directory: VenueDirectory, positions: readonly PositionAnswer[]): number {
  return positions.reduce((sum, { market, unrealisedPnlAtoms }) => {
    return sum + unrealisedPnlAtoms / 10 ** directory.marketAt(market).quote.decimals;
  }, 0);
}

function collateralAnswer(asset: AssetEntry, row: CollateralAnswer): Collateral {
  const { heldAtoms, freeAtoms, lentAtoms } = row;
  const heldOfLent = Math.max(0, heldAtoms - freeAtoms);
  return {
    symbol: asset.symbol,
    assetMarkPrice: writeFigure(row.markPrice),
    totalQuantity: writeAmount(asset, row.totalAtoms),
    balanceNotional: writeFigure(row.balanceNotional),
    collateralWeight: writeFigure(row.weight),
    collateralValue: writeFigure(row.value),
    openOrderQuantity: writeAmount(asset, heldAtoms),
    lendQuantity: writeAmount(asset, Math.max(0, lentAtoms - heldOfLent)),
    availableQuantity: writeAmount(asset, Math.max(0, freeAtoms - heldAtoms)),
  };
}
