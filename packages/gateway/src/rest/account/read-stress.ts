/** `GET /api/v1/account/stress`. */
import { nameOf, ReceiptKind, type StressAnswer, type StressFigures, type StressShock, type StressStep } from '@mochila/protocol';
import { ApiError } from '../../errors/api-error.ts';
import { AccountStressQuery } from '../../schemas/account-requests.ts';
import { ReceiptKindWord } from '../../schemas/receipt-answers.ts';
import { AccountStress } from '../../schemas/stress-answers.ts';
import type { VenueDirectory } from '../../venue/directory.ts';
import { writeAmount, writeFigure, writePrice, writeQuantity } from '../../venue/write-decimals.ts';
import { defineSignedRoute, NO_BODY } from '../route.ts';

/** Largest rise that is tried: ten times the price. */
const MOVE_MAX = 9;

/** Tries moves of prices on a copy of the account. */
export const readStress = defineSignedRoute({
  route: 'GET /api/v1/account/stress',
  area: 'Account',
  summary: 'What would happen to the account when prices move: equity, what is liquidated in which order, at which prices and cost.',
  permission: 'read',
  query: AccountStressQuery,
  body: NO_BODY,
  answer: AccountStress,
  handle: async ({ query, services, caller }) => {
    const { directory, engine } = services;
    const shocks = shocksOf(directory, query.shocks);
    const answer = await engine.ask('stress', { account: caller.account, shocks, seconds: query.seconds });
    return stressAnswer(directory, answer);
  },
});

/** @throws ApiError INVALID_ASSET, INVALID_CLIENT_REQUEST */
function shocksOf(directory: VenueDirectory, text: string): StressShock[] {
  const shocks = text.split(',').map((part): StressShock => {
    const [symbol = '', fraction = ''] = part.split(':');
    const asset = directory.asset(symbol.toUpperCase());
    const move = Number(fraction);
    if (asset.symbol === 'USDC' || !(move > -1) || move > MOVE_MAX) {
      throw new ApiError(
        'INVALID_CLIENT_REQUEST',
        `\`shocks\` moves an index by more than -1 and at most ${MOVE_MAX}, and USDC not at all; got "${part}".`,
      );
    }
    if (asset.listing.redemption !== null) {
      const { underlying } = asset.listing.redemption;
      throw new ApiError('INVALID_CLIENT_REQUEST', `\`shocks\` moves ${underlying} rather than ${asset.symbol}, which follows it.`);
    }
    return { asset: asset.ix, move };
  });
  if (new Set(shocks.map(({ asset }) => asset)).size < shocks.length) {
    throw new ApiError('INVALID_CLIENT_REQUEST', `\`shocks\` names an asset twice: "${text}".`);
  }
  return shocks;
}

function stressAnswer(directory: VenueDirectory, answer: StressAnswer): AccountStress {
  const { before, lowest, after, seconds, firstLiquidationSecond, openOrders, steps, positions, holdings } = answer;
  const usdc = directory.asset('USDC');
  return {
    before: figuresOf(before),
    lowest: figuresOf(lowest),
    after: figuresOf(after),
    seconds,
    firstLiquidationSecond: firstLiquidationSecond < 0 ? null : firstLiquidationSecond,
    cancelledOrders: openOrders,
    cost: writeAmount(
      usdc,
      steps.reduce((sum, { feeAtoms }) => sum + feeAtoms, 0),
    ),
    steps: steps.map((step) => stepOf(directory, step)),
    positions: positions.map(({ market, sizeLots }) => {
      const entry = directory.marketAt(market);
      return { symbol: entry.symbol, quantity: writeQuantity(entry, sizeLots) };
    }),
    balances: holdings.map(({ asset, netAtoms }) => {
      const entry = directory.assetAt(asset);
      return { symbol: entry.symbol, quantity: writeAmount(entry, netAtoms) };
    }),
  };
}

function figuresOf({ netEquity, realEquity, maintenanceMargin, totalExposure, isLiquidating }: StressFigures): AccountStress['before'] {
  return {
    netEquity: writeFigure(netEquity),
    realEquity: writeFigure(realEquity),
    maintenanceMargin: writeFigure(maintenanceMargin),
    exposure: writeFigure(totalExposure),
    marginFraction: totalExposure > 0 ? writeFigure(netEquity / totalExposure) : null,
    liquidating: isLiquidating,
  };
}

function stepOf(directory: VenueDirectory, step: StressStep): AccountStress['steps'][number] {
  const market = step.market < 0 ? null : directory.marketAt(step.market);
  const isTrade = market !== null && step.lots !== 0;
  return {
    second: step.second,
    kind: ReceiptKindWord.parse(nameOf(ReceiptKind, step.kind)),
    stage: step.stage < 0 ? null : step.stage,
    symbol: market?.symbol ?? null,
    asset: step.asset < 0 ? null : directory.assetAt(step.asset).symbol,
    quantity: isTrade ? writeQuantity(market, step.lots) : null,
    price: isTrade ? writePrice(market, Math.round(step.priceTicks)) : null,
    cost: writeAmount(directory.asset('USDC'), step.feeAtoms),
    netEquity: writeFigure(step.netEquity),
    maintenanceMargin: writeFigure(step.maintenanceMargin),
  };
}
