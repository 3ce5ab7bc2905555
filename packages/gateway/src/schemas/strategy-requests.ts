/** Requests about strategies. */
import { z } from 'zod';
import { define } from './define.ts';
import { MarketType, SelfTradePrevention, Side, SlippageToleranceType, TimeInForce } from './enums.ts';
import { StrategyTypeEnum } from './later-enums.ts';
import { spotMarginFlags } from './order-requests.ts';
import { queryU32 } from './query-scalars.ts';
import { ClientId, flag, MarketSymbol, Price, positiveDecimal, Quantity, text, u16, u64 } from './scalars.ts';

const StrategyId = text('Id of the strategy.', '12', 32);

/** A new strategy. */
export const StrategyCreatePayload = define(
  'StrategyCreatePayload',
  'A new strategy.',
  z.strictObject({
    symbol: MarketSymbol,
    side: Side,
    strategyType: StrategyTypeEnum,
    quantity: Quantity.optional(),
    price: Price.optional(),
    duration: u64('Length in milliseconds.', 600_000).optional(),
    interval: u64('Time between orders in milliseconds.', 10_000).optional(),
    randomizedIntervalQuantity: flag('Varies the quantity of the orders.').optional(),
    postOnly: flag('Rests on the book or expires.').optional(),
    reduceOnly: flag('Makes a perpetual position smaller, never turns it.').optional(),
    selfTradePrevention: SelfTradePrevention.optional(),
    timeInForce: TimeInForce.optional(),
    slippageTolerance: positiveDecimal('INVALID_ORDER', 'How far from the best price it may fill.', '0.5').optional(),
    slippageToleranceType: SlippageToleranceType.optional(),
    clientStrategyId: ClientId.optional(),
    brokerId: u16('Id of a broker; nothing depends on it here.').optional(),
    ...spotMarginFlags,
  }),
  { symbol: 'SOL_USDC_PERP', side: 'Bid', strategyType: 'Scheduled', quantity: '10', duration: 600_000, interval: 10_000 },
);
/** A new strategy. */
export type StrategyCreatePayload = z.infer<typeof StrategyCreatePayload>;

/** Names one strategy to cancel. */
export const StrategyCancelPayload = define(
  'StrategyCancelPayload',
  'Names one strategy to cancel.',
  z.strictObject({ symbol: MarketSymbol, strategyId: StrategyId.optional(), clientStrategyId: ClientId.optional() }),
  { symbol: 'SOL_USDC_PERP', strategyId: '12' },
);
/** Names one strategy to cancel. */
export type StrategyCancelPayload = z.infer<typeof StrategyCancelPayload>;

/** Names the strategies of a market to cancel. */
export const StrategyCancelAllPayload = define(
  'StrategyCancelAllPayload',
  'Names the strategies of a market to cancel.',
  z.strictObject({ symbol: MarketSymbol, strategyType: StrategyTypeEnum.optional() }),
  { symbol: 'SOL_USDC_PERP' },
);
/** Names the strategies of a market to cancel. */
export type StrategyCancelAllPayload = z.infer<typeof StrategyCancelAllPayload>;

/** Names one strategy to read. */
export const StrategyQuery = z.object({
  symbol: MarketSymbol,
  strategyId: StrategyId.optional(),
  clientStrategyId: queryU32('Your own id of the strategy.').optional(),
});
/** Names one strategy to read. */
export type StrategyQuery = z.infer<typeof StrategyQuery>;

/** Which open strategies to list. */
export const StrategiesQuery = z.object({
  symbol: MarketSymbol.optional(),
  marketType: MarketType.optional(),
  strategyType: StrategyTypeEnum.optional(),
});
/** Which open strategies to list. */
export type StrategiesQuery = z.infer<typeof StrategiesQuery>;
