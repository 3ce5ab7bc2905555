/** Answers about strategies. */
import { z } from 'zod';
import { bool, dec, int, orNull, str } from './answer-scalars.ts';
import { define } from './define.ts';
import * as enums from './enums.ts';
import * as laterEnums from './later-enums.ts';
import { MarketSymbol, NaiveDateTime } from './scalars.ts';

/** Fields of a scheduled strategy. */
export const ScheduledStrategy = define(
  'ScheduledStrategy',
  'Fields of a scheduled strategy.',
  z.strictObject({
    id: str('Id.', '114510214144'),
    clientStrategyId: orNull(int('Client strategy id.', 1)),
    createdAt: int('When it was created.', 1750793021519),
    executedQuantity: dec('Quantity filled so far.'),
    executedQuoteQuantity: dec('Quote amount of the fills so far.'),
    quantity: dec('Quantity.', '2.5'),
    reduceOnly: orNull(bool('Whether it may only make a position smaller.')),
    selfTradePrevention: enums.SelfTradePrevention,
    status: laterEnums.StrategyStatus,
    side: enums.Side,
    symbol: MarketSymbol,
    timeInForce: enums.TimeInForce,
    duration: int('Duration.', 1),
    interval: int('Length of the interval, in milliseconds.', 1),
    randomizedIntervalQuantity: orNull(bool('Randomized interval quantity.')),
    slippageTolerance: orNull(dec('How far from the best price it may fill.')),
    slippageToleranceType: orNull(enums.SlippageToleranceType),
  }),
);
/** Fields of a scheduled strategy. */
export type ScheduledStrategy = z.infer<typeof ScheduledStrategy>;

/** A strategy of the past. */
export const Strategy = define(
  'Strategy',
  'A strategy of the past.',
  z.strictObject({
    id: str('Id.', '114510214144'),
    createdAt: NaiveDateTime.describe('When it was created.'),
    executedQuantity: orNull(dec('Quantity filled so far.')),
    executedQuoteQuantity: orNull(dec('Quote amount of the fills so far.')),
    cancelReason: orNull(laterEnums.StrategyCrankCancelReason),
    strategyType: laterEnums.StrategyTypeEnum,
    quantity: orNull(dec('Quantity.', '2.5')),
    selfTradePrevention: enums.SelfTradePrevention,
    status: laterEnums.StrategyStatus,
    side: enums.Side,
    symbol: MarketSymbol,
    timeInForce: enums.TimeInForce,
    clientStrategyId: orNull(int('Client strategy id.', 1)),
    duration: int('Duration.', 1),
    interval: int('Length of the interval, in milliseconds.', 1),
    randomizedIntervalQuantity: bool('Randomized interval quantity.'),
    slippageTolerance: orNull(dec('How far from the best price it may fill.')),
    slippageToleranceType: orNull(enums.SlippageToleranceType),
  }),
);
/** A strategy of the past. */
export type Strategy = z.infer<typeof Strategy>;

/** An open strategy. */
export const StrategyType = define('StrategyType', 'An open strategy.', ScheduledStrategy.extend({ strategyType: z.literal('Scheduled') }));
/** An open strategy. */
export type StrategyType = z.infer<typeof StrategyType>;
