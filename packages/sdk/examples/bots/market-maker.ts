// A market maker: keeps one bid and one ask around the mark price, leans against its position, and leaves no order behind.
// Run it: node packages/sdk/examples/bots/market-maker.ts [symbol]
import {
  ApiFault,
  type Client,
  cancelAllOrders,
  createMarketScale,
  followPositions,
  type MarketScale,
  market,
  NetworkFault,
  openStreams,
  type PlaceOrderParams,
  placeOrders,
} from '@mochila/sdk';
import { connect } from '../connect.ts';

const SYMBOL = process.argv[2] ?? 'SOL_USDC_PERP';
const HALF_SPREAD = 0.001; // of the price
const LEAN = 0.0005; // of the price, for every full position
const LOTS_PER_ORDER = 100;
const LOTS_MAX = 1_000;
const EVERY_MS = 1_000;

/** Two orders around a fair price; the more is held, the cheaper it is sold. */
function quote(scale: MarketScale, markTicks: number, lots: number): PlaceOrderParams[] {
  const fair = markTicks * (1 - (LEAN * lots) / LOTS_MAX);
  const quantity = scale.quantityOf(LOTS_PER_ORDER);
  const common = { symbol: SYMBOL, orderType: 'Limit', quantity, postOnly: true } as const;
  const bid = { ...common, side: 'Bid', price: scale.priceOf(Math.floor(fair * (1 - HALF_SPREAD))) } as const;
  const ask = { ...common, side: 'Ask', price: scale.priceOf(Math.ceil(fair * (1 + HALF_SPREAD))) } as const;
  return [...(lots < LOTS_MAX ? [bid] : []), ...(lots > -LOTS_MAX ? [ask] : [])];
}

/** Takes the old orders away and places new ones. A venue that is busy is asked again at the next step. */
async function step(client: Client, orders: PlaceOrderParams[]): Promise<void> {
  try {
    await cancelAllOrders(client, { symbol: SYMBOL });
    const results = await placeOrders(client, orders);
    const refused = results.flatMap((result) => (result.operation === 'Err' ? [result.message] : []));
    console.log(orders.map(({ side, price }) => `${side} ${price}`).join('  '), ...refused);
  } catch (error) {
    if (!(error instanceof ApiFault || error instanceof NetworkFault)) throw error;
    console.log('later:', error.message);
  }
}

const client = connect();
const scale = createMarketScale(await market(client, { symbol: SYMBOL }));
const streams = openStreams(client);
const positions = followPositions(streams, () => undefined);
await positions.ready;

let markTicks = 0;
streams.subscribe(`markPrice.${SYMBOL}`, ({ p }) => {
  markTicks = scale.ticksOf(p);
});
let isStopping = false;
process.once('SIGINT', () => {
  isStopping = true;
});

while (!isStopping) {
  const held = positions.state().get(SYMBOL)?.netQuantity ?? '0';
  const lots = held.startsWith('-') ? -scale.lotsOf(held.slice(1)) : scale.lotsOf(held);
  if (markTicks > 0) await step(client, quote(scale, markTicks, lots));
  await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
}
console.log('cancelled', (await cancelAllOrders(client, { symbol: SYMBOL })).length);
streams.close();
