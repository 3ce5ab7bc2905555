// A guard: gives every position that has no stop loss one, at a distance from its entry price, and takes it away with the position.
// Run it: node packages/sdk/examples/bots/stop-loss-guard.ts [distance as a fraction]
import {
  ApiFault,
  type Client,
  cancelOrder,
  createMarketScale,
  followOrders,
  followPositions,
  market,
  NetworkFault,
  type OpenOrder,
  type OpenPosition,
  openStreams,
  placeOrder,
} from '@mochila/sdk';
import { connect } from '../connect.ts';

const DISTANCE = Number(process.argv[2] ?? '0.05');
const EVERY_MS = 500;

const isStop = (order: OpenOrder): boolean => order.triggerPrice !== null && order.reduceOnly;

/** A market order that waits for the mark price and then closes the whole position. */
async function guard(client: Client, { symbol, netQuantity, entryPrice }: OpenPosition): Promise<void> {
  const facts = await market(client, { symbol });
  const { priceOf } = createMarketScale(facts);
  const isShort = netQuantity.startsWith('-');
  // An average price may lie between two ticks; the trigger is on one.
  const entryTicks = Number(entryPrice) / Number(facts.filters.price.tickSize);
  const triggerPrice = priceOf(Math.round(entryTicks * (isShort ? 1 + DISTANCE : 1 - DISTANCE)));
  const side = isShort ? 'Bid' : 'Ask';
  const trigger = { triggerPrice, triggerBy: 'MarkPrice', triggerQuantity: '100%' } as const;
  await placeOrder(client, { symbol, side, orderType: 'Market', reduceOnly: true, ...trigger });
  console.log(`${symbol}: guarded at ${triggerPrice}`);
}

const client = connect();
let isStopping = false;
process.once('SIGINT', () => {
  isStopping = true;
});
const streams = openStreams(client);
const orders = followOrders(streams, () => undefined);
const positions = followPositions(streams, (open) => console.log(`${open.size} positions`));
await Promise.all([orders.ready, positions.ready]);

async function step(): Promise<void> {
  const stops = [...orders.state().values()].filter(isStop);
  const open = positions.state();
  for (const position of open.values()) {
    if (!stops.some(({ symbol }) => symbol === position.symbol)) await guard(client, position);
  }
  for (const { id, symbol } of stops) {
    if (!open.has(symbol)) await cancelOrder(client, { symbol, orderId: id });
  }
}

while (!isStopping) {
  try {
    await step();
  } catch (error) {
    if (!(error instanceof ApiFault || error instanceof NetworkFault)) throw error;
    console.log('later:', error.message);
  }
  await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
}
streams.close();
console.log('stopped; the stop losses stay');
