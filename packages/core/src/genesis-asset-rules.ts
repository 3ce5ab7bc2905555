/** Rules of an asset's listing beyond its shape (accounts rules 5, lending rules 2 and 3). */
import { checkCollateralWeight, checkMarginFunctions, checkRateCurve } from '@mochila/math';
import type { AssetListing, Genesis, PoolListing } from '@mochila/protocol';
import { asPpm, parseAmount } from '@mochila/units';
import type { GenesisFault } from './genesis-shape.ts';

/** @returns the broken rules of one listing, which has the right shape. */
export function assetProblems(genesis: Genesis, listing: AssetListing, path: string): GenesisFault[] {
  const problems: GenesisFault[] = [];
  const require = (holds: boolean, field: string, value: unknown, rule: string): void => {
    if (!holds) problems.push({ path: `${path}.${field}`, value, rule });
  };
  const margin = checkMarginFunctions(listing.borrowImf, listing.borrowMmf, genesis.account.leverageLimitMax);
  require(margin === undefined, 'borrowMmf', listing.borrowMmf, margin ?? '');
  const weight = checkCollateralWeight(listing.weight);
  require(weight === undefined, 'weight', listing.weight, weight ?? '');
  const amounts = [
    ['faucetGrant', listing.faucetGrant],
    ['faucetDaily', listing.faucetDaily],
  ] as const;
  for (const [field, value] of amounts)
    require(fits(value, listing.decimals), field, value, `has at most ${listing.decimals} digits after the point`);
  for (const [at, token] of listing.tokens.entries()) {
    for (const field of ['minimumDeposit', 'minimumWithdrawal', 'withdrawalFee'] as const) {
      require(fits(token[field], listing.decimals), `tokens[${at}].${field}`, token[
        field
      ], `has at most ${listing.decimals} digits after the point`);
    }
  }
  if (listing.pool !== null) poolProblems(listing.pool, listing.decimals, `${path}.pool`, problems);
  if (listing.redemption !== null) redemptionProblems(genesis, listing, listing.redemption, `${path}.redemption`, problems);
  return problems;
}

function poolProblems(pool: PoolListing, decimals: number, path: string, problems: GenesisFault[]): void {
  const curve = checkRateCurve({
    utilizationOptimal: asPpm(Math.round(pool.uOpt * 1e6)),
    rateMin: asPpm(Math.round(pool.rMin * 1e6)),
    rateOptimal: asPpm(Math.round(pool.rOpt * 1e6)),
    rateMax: asPpm(Math.round(pool.rMax * 1e6)),
  });
  if (curve !== undefined) problems.push({ path, value: pool, rule: curve });
  if (pool.throttleThreshold > pool.maxUtilization) {
    problems.push({
      path: `${path}.throttleThreshold`,
      value: pool.throttleThreshold,
      rule: `is at most maxUtilization (${pool.maxUtilization})`,
    });
  }
  if (!fits(pool.openBorrowLendLimit, decimals)) {
    problems.push({
      path: `${path}.openBorrowLendLimit`,
      value: pool.openBorrowLendLimit,
      rule: `is below 2^53 atoms of ${decimals} decimals`,
    });
  }
}

function redemptionProblems(
  genesis: Genesis,
  listing: AssetListing,
  redemption: { underlying: string; rate: string },
  path: string,
  problems: GenesisFault[],
): void {
  const underlying = genesis.assets.find(({ symbol }) => symbol === redemption.underlying);
  const isSound = underlying !== undefined && underlying.redemption === null && underlying !== listing;
  if (!isSound)
    problems.push({ path: `${path}.underlying`, value: redemption.underlying, rule: 'is a listed asset with an index of its own' });
  if (!(Number(redemption.rate) > 0)) problems.push({ path: `${path}.rate`, value: redemption.rate, rule: 'is above 0' });
}

function fits(value: string, decimals: number): boolean {
  return parseAmount(value, decimals).ok;
}
