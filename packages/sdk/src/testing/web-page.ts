/** What a page of a trader does: keys, a signed order, its stream, the end. Run by `run-without-node.ts`. */
import {
  type Client,
  cancelOrder,
  createClient,
  createKeyPair,
  createMarketScale,
  getBalances,
  market,
  markPrices,
  openStreams,
  placeOrder,
} from '../index.ts';

/** The market it trades on. */
export const SYMBOL = 'SOL_USDC_PERP';
const POLL_MS = 100;
const TRIES = 600;

/** Trades at a venue. @returns what it saw, and which names of Node it can see */
export async function run(url: string): Promise<object> {
  const seen = await trade(createClient({ url, secret: createKeyPair().secret }));
  const names = ['process', 'Buffer', 'require', 'global', 'setImmediate'].filter((name) => Reflect.has(globalThis, name));
  return { ...seen, names };
}

/** One order that rests and is cancelled, and what the streams said meanwhile. */
export async function trade(client: Client): Promise<object> {
  const balances = await getBalances(client);
  const heard: string[] = [];
  const streams = openStreams(client);
  const { ready } = streams.subscribe('account.orderUpdate', ({ e }) => heard.push(e));
  streams.subscribe(`markPrice.${SYMBOL}`, () => heard.push('markPrice'));
  await until(() => heard.includes('markPrice'), 'a mark price');
  await ready;
  const { ticksOf, priceOf } = createMarketScale(await market(client, { symbol: SYMBOL }));
  const [mark] = await markPrices(client, { symbol: SYMBOL });
  const price = priceOf(ticksOf(mark?.markPrice ?? '0') * 0.98);
  const { id, status } = await placeOrder(client, { symbol: SYMBOL, side: 'Bid', orderType: 'Limit', price, quantity: '1' });
  await cancelOrder(client, { symbol: SYMBOL, orderId: id });
  await until(() => heard.includes('orderCancelled'), 'the end of the order');
  streams.close();
  return { usdc: balances['USDC']?.available, status, orders: heard.filter((word) => word.startsWith('order')) };
}

/** Waits for a condition, a minute at most. @throws Error that says what did not come */
export async function until(holds: () => boolean, what: string): Promise<void> {
  for (let tries = 0; !holds(); tries += 1) {
    if (tries === TRIES) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
