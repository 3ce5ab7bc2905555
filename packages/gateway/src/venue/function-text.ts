/** Margin functions between the genesis and the interface. */
import type { MarginFunction } from '@mochila/protocol';
import type { PositionImfFunction } from '../schemas/functions.ts';
import { writeFigure } from './write-decimals.ts';

const FACTOR_DIGITS = 12;

/** A margin function as markets, positions and assets show it. */
export function marginFunctionAnswer({ base, factor }: MarginFunction): PositionImfFunction {
  return { type: 'sqrt', base: writeFigure(base, FACTOR_DIGITS), factor: writeFigure(factor, FACTOR_DIGITS) };
}
