/** Margin and weight functions of the genesis as answers show them. */
import type { MarginFunction, WeightFunction } from '@mochila/protocol';
import type { CollateralFunction, PositionImfFunction } from '../../schemas/functions.ts';
import { writeFigure } from '../../venue/write-decimals.ts';

const DIGITS = 12;

/** A margin function. */
export function marginFunctionAnswer({ base, factor }: MarginFunction): PositionImfFunction {
  return { type: 'sqrt', base: writeFigure(base, DIGITS), factor: writeFigure(factor, DIGITS) };
}

/** The weight of an asset as collateral. */
export function weightFunctionAnswer(listing: WeightFunction): CollateralFunction {
  const weight = writeFigure(listing.weight, DIGITS);
  if (listing.kind === 'identity') return { weight, kind: { type: 'identity' } };
  const { base, penalty } = listing;
  return {
    weight,
    kind: { type: 'inverseSqrt', base: writeFigure(base, DIGITS), positiveCurvePenalty: writeFigure(penalty, DIGITS) },
  };
}
