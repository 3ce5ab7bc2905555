/** The flags of `mochila order buy` and `sell`. */
import type { PlaceOrderParams } from '@mochila/sdk';
import type { Command } from 'commander';
import { CliFault } from '../cli-fault.ts';
import { oneOf, readAmount, wholeNumber } from '../read-words.ts';

const TRIGGERS = ['MarkPrice', 'LastPrice', 'IndexPrice'] as const;
const TIMES = ['GTC', 'IOC', 'FOK'] as const;
const CLIENT_ID_MAX = 4_294_967_295;

/** Flags as they were given. */
export type PlaceFlags = {
  readonly limit?: string;
  readonly market?: boolean;
  readonly quote?: boolean;
  readonly postOnly?: boolean;
  readonly reduceOnly?: boolean;
  readonly tif?: (typeof TIMES)[number];
  readonly clientId?: number;
  readonly slippage?: string;
  readonly stop?: string;
  readonly stopBy?: (typeof TRIGGERS)[number];
  readonly takeProfit?: string;
  readonly stopLoss?: string;
  readonly borrow?: boolean;
  readonly redeem?: boolean;
};

/** Adds the flags to a command. */
export function addPlaceFlags(command: Command): void {
  command
    .option('--limit <price>', 'at this price or better', readAmount)
    .option('--market', 'at the best prices there are')
    .option('--quote', 'the quantity is in the quote asset; market orders only')
    .option('--post-only', 'rest on the book or expire')
    .option('--reduce-only', 'only make a position smaller')
    .option('--tif <time>', 'GTC, IOC or FOK', oneOf(TIMES))
    .option('--client-id <n>', 'your own id of the order', wholeNumber(0, CLIENT_ID_MAX))
    .option('--slippage <percent>', 'how far from the best price a market order may fill', readAmount)
    .option('--stop <price>', 'wait until a price reaches this one', readAmount)
    .option('--stop-by <price>', `price that --stop watches: ${TRIGGERS.join(', ')}`, oneOf(TRIGGERS))
    .option('--take-profit <price>', 'close what was filled when the price reaches this one', readAmount)
    .option('--stop-loss <price>', 'close what was filled when the price falls back to this one', readAmount)
    .option('--borrow', 'spot: borrow what is missing')
    .option('--no-redeem', 'spot: do not redeem lends to pay for it');
}

/**
 * Turns flags into the fields of an order.
 *
 * @throws CliFault when they contradict each other
 */
export function readPlaceFlags(quantity: string, flags: PlaceFlags): Omit<PlaceOrderParams, 'symbol' | 'side'> {
  const { limit, market, quote, postOnly, reduceOnly, tif, clientId, slippage, borrow, redeem } = flags;
  if ((limit === undefined) === (market !== true)) throw new CliFault('Say either --limit PRICE or --market.');
  if (limit !== undefined && quote === true)
    throw new CliFault('--quote goes with --market: a limit order has its quantity in the base asset.');
  if (limit !== undefined && slippage !== undefined)
    throw new CliFault('--slippage goes with --market: a limit order fills at its price or better.');
  if (market === true && postOnly === true) throw new CliFault('--post-only goes with --limit: a market order never rests on the book.');
  return {
    orderType: limit === undefined ? 'Market' : 'Limit',
    ...(limit === undefined ? {} : { price: limit }),
    ...sizeOf(quantity, flags),
    ...(postOnly === true ? { postOnly } : {}),
    ...(reduceOnly === true ? { reduceOnly } : {}),
    ...(tif === undefined ? {} : { timeInForce: tif }),
    ...(clientId === undefined ? {} : { clientId }),
    ...(slippage === undefined ? {} : { slippageTolerance: slippage, slippageToleranceType: 'Percent' }),
    ...(borrow === true ? { autoBorrow: true } : {}),
    ...(redeem === false ? { autoLendRedeem: false } : {}),
    ...(flags.takeProfit === undefined ? {} : { takeProfitTriggerPrice: flags.takeProfit }),
    ...(flags.stopLoss === undefined ? {} : { stopLossTriggerPrice: flags.stopLoss }),
  };
}

/** An order that waits for a trigger has its quantity in the trigger. */
function sizeOf(
  quantity: string,
  { quote, stop, stopBy }: PlaceFlags,
): Pick<PlaceOrderParams, 'quantity' | 'quoteQuantity' | 'triggerPrice'> {
  if (stop === undefined) {
    if (stopBy !== undefined) throw new CliFault('--stop-by goes with --stop PRICE.');
    return quote === true ? { quoteQuantity: quantity } : { quantity };
  }
  if (quote === true) throw new CliFault('--quote does not go with --stop: give the quantity in the base asset.');
  const trigger = { triggerPrice: stop, triggerQuantity: quantity, ...(stopBy === undefined ? {} : { triggerBy: stopBy }) };
  return trigger;
}
