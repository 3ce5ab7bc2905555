import { startVenueProcess, type VenueProcess } from '@mochila/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cancelAllOrders } from '../actions/cancel-all-orders.ts';
import { cancelOrder } from '../actions/cancel-order.ts';
import { depth } from '../actions/depth.ts';
import { placeOrder } from '../actions/place-order.ts';
import { type Client, createClient } from '../client.ts';
import { StreamFault } from '../faults.ts';
import { createKeyPair } from '../signer.ts';
import { LossyProxy } from '../testing/lossy-proxy.ts';
import { seedBooks } from '../testing/seed-books.ts';
import { followBalances } from './follow-balances.ts';
import { followBook } from './follow-book.ts';
import { followOrders } from './follow-orders.ts';
import { followPositions } from './follow-positions.ts';
import type { LocalBook } from './local-book.ts';
import { openStreams, type Streams } from './open-streams.ts';

const SYMBOL = 'SOL_USDC_PERP';
const WAIT = { timeout: 45_000, interval: 20 };

let venue: VenueProcess;
let proxy: LossyProxy;
let maker: Client;
let client: Client;
let streams: Streams;
let price: string;

beforeAll(async () => {
  venue = await startVenueProcess();
  maker = await seedBooks(venue.url);
  proxy = await LossyProxy.start(venue.url.replace('http', 'ws'));
  client = createClient({ url: venue.url, secret: createKeyPair().secret, webSocket: () => new WebSocket(proxy.url) });
  streams = openStreams(client, { onFault: () => undefined });
  price = (await depth(client, { symbol: SYMBOL, limit: '5' })).bids[0]?.[0] ?? '';
}, 90_000);

afterAll(async () => {
  streams?.close();
  await proxy?.stop();
  await venue?.stop();
});

async function expectSame(book: LocalBook): Promise<void> {
  const { bids, asks, lastUpdateId } = await depth(client, { symbol: SYMBOL });
  expect(String(book.updateId)).toBe(lastUpdateId);
  expect(book.bids.map(({ price: at, quantity }) => [at, quantity])).toEqual([...bids].reverse());
  expect(book.asks.map(({ price: at, quantity }) => [at, quantity])).toEqual(asks);
}

const place = (by: Client, quantity = '1') => placeOrder(by, { symbol: SYMBOL, side: 'Bid', orderType: 'Limit', price, quantity });

describe('a followed book', () => {
  it('is the book of the venue, change by change', async () => {
    const followed = followBook(streams, SYMBOL, () => undefined);
    await followed.ready;
    for (let count = 0; count < 5; count += 1) await place(maker);
    await vi.waitFor(() => expectSame(followed.book), WAIT);
    expect(followed.repairs()).toBe(0);
    followed.close();
  });

  it('sees that changes are missing and repairs itself', async () => {
    const states: boolean[] = [];
    const followed = followBook(streams, SYMBOL, (_book, isCurrent) => states.push(isCurrent));
    await followed.ready;
    let count = 0;
    // Every third change of the book never arrives.
    proxy.isLost = (text) => {
      if (text.includes(`"depth.${SYMBOL}"`)) count += 1;
      return text.includes(`"depth.${SYMBOL}"`) && count % 3 === 0;
    };
    for (let order = 0; order < 12; order += 1) await place(maker, '0.5');
    proxy.isLost = () => false;
    await place(maker, '0.5');
    await vi.waitFor(() => expectSame(followed.book), WAIT);
    expect(proxy.lostFrames).toBeGreaterThan(2);
    expect(followed.repairs()).toBeGreaterThan(0);
    expect(states).toContain(false);
    expect(followed.isCurrent()).toBe(true);
    followed.close();
  });

  it('comes back after the connection was cut, with what happened meanwhile', async () => {
    const followed = followBook(streams, SYMBOL, () => undefined);
    await followed.ready;
    proxy.cut();
    await place(maker);
    await vi.waitFor(() => expectSame(followed.book), WAIT);
    expect(followed.repairs()).toBeGreaterThan(0);
    followed.close();
  });
});

describe('streams of the account', () => {
  it('follow orders, positions and balances', async () => {
    const orders = followOrders(streams, () => undefined);
    const positions = followPositions(streams, () => undefined);
    const balances = followBalances(streams, () => undefined);
    await Promise.all([orders.ready, positions.ready, balances.ready]);
    const { id } = await place(client);
    await vi.waitFor(() => expect(orders.state().get(id)).toMatchObject({ symbol: SYMBOL, side: 'Bid', price, quantity: '1' }), WAIT);
    await cancelOrder(client, { symbol: SYMBOL, orderId: id });
    await vi.waitFor(() => expect(orders.state().has(id)).toBe(false), WAIT);
    await placeOrder(client, { symbol: SYMBOL, side: 'Bid', orderType: 'Market', quantity: '0.5' });
    await vi.waitFor(() => expect(positions.state().get(SYMBOL)?.netQuantity).toBe('0.5'), WAIT);
    await placeOrder(client, { symbol: 'SOL_USDC', side: 'Ask', orderType: 'Limit', price: '200', quantity: '1' });
    await vi.waitFor(() => expect(balances.state().get('SOL')?.locked).toBe('1'), WAIT);
    for (const followed of [orders, positions, balances]) followed.close();
  });

  it('resume after a cut without reading everything again', async () => {
    const seen: string[] = [];
    const orders = followOrders(streams, (_open, event) => event !== null && seen.push(event.i));
    await orders.ready;
    const before = await place(client);
    await vi.waitFor(() => expect(seen).toContain(before.id), WAIT);
    const connections = proxy.connections;
    proxy.cut();
    // These happen while nobody listens.
    const missed = [await place(client), await place(client)].map(({ id }) => id);
    await vi.waitFor(() => expect(seen).toEqual(expect.arrayContaining(missed)), WAIT);
    expect(proxy.connections).toBeGreaterThan(connections);
    expect(orders.readings()).toBe(1);
    expect([...orders.state().keys()]).toEqual(expect.arrayContaining([before.id, ...missed]));
    await cancelAllOrders(client, { symbol: SYMBOL });
    await vi.waitFor(() => expect([...orders.state().values()].map(({ symbol }) => symbol)).not.toContain(SYMBOL), WAIT);
    orders.close();
  });
});

describe('a subscription', () => {
  it('to a market that is not there is refused, and the others go on', async () => {
    const prices: string[] = [];
    const good = streams.subscribe(`markPrice.${SYMBOL}`, ({ p }) => prices.push(p));
    const bad = streams.subscribe('trade.NOPE_USDC', () => undefined);
    await expect(bad.ready).rejects.toThrow(StreamFault);
    await good.ready;
    await vi.waitFor(() => expect(prices.length).toBeGreaterThan(0), WAIT);
    good.close();
  });

  it('notices a connection that fell silent and opens another', async () => {
    const states: string[] = [];
    const rules = { pingAfterMs: 200, deadAfterMs: 500 };
    const own = openStreams(client, { onState: (state) => states.push(state), rules, onFault: () => undefined });
    await own.subscribe(`trade.${SYMBOL}`, () => undefined).ready;
    proxy.isLost = () => true;
    await vi.waitFor(() => expect(states).toContain('waiting'), WAIT);
    proxy.isLost = () => false;
    await vi.waitFor(() => expect(own.state()).toBe('open'), WAIT);
    own.close();
  });
});
