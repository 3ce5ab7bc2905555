/** Margin and weight functions, as markets and assets publish them. */
import { z } from 'zod';
import { dec } from './answer-scalars.ts';
import { define } from './define.ts';

/** Margin fraction that grows with the square root of the notional. */
export const PositionImfFunction = define(
  'PositionImfFunction',
  'Margin fraction: the larger of the base and factor times the square root of the notional.',
  z.strictObject({ type: z.literal('sqrt'), base: dec('Least fraction.', '0.02'), factor: dec('Growth with the notional.', '0.00006') }),
);
/** Margin fraction that grows with the square root of the notional. */
export type PositionImfFunction = z.infer<typeof PositionImfFunction>;

/** Weight of an asset as collateral. */
export const CollateralFunction = define(
  'CollateralFunction',
  'Weight of an asset as collateral.',
  z.strictObject({
    weight: dec('Largest weight, as a fraction.', '0.9'),
    kind: z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('inverseSqrt'), base: dec('Base.', '1.1'), positiveCurvePenalty: dec('Penalty.', '0.0002') }),
      z.strictObject({ type: z.literal('identity') }),
    ]),
  }),
);
/** Weight of an asset as collateral. */
export type CollateralFunction = z.infer<typeof CollateralFunction>;
