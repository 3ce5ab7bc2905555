/** Queries of positions. */
import { z } from 'zod';
import { MarketType } from './enums.ts';
import { MarketSymbol } from './scalars.ts';

/** Which open positions to list. */
export const PositionQuery = z.object({ symbol: MarketSymbol.optional(), marketType: MarketType.optional() });
/** Which open positions to list. */
export type PositionQuery = z.infer<typeof PositionQuery>;
