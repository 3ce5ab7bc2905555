// Follows orders, positions and balances while an order comes and goes. Run it: node packages/sdk/examples/streams/follow-account.ts
import { cancelOrder, followBalances, followOrders, followPositions, openStreams, placeOrder } from '@mochila/sdk';
import { connect, priceBelow } from '../connect.ts';

const client = connect();
const streams = openStreams(client);
const orders = followOrders(streams, (open, event) => console.log('orders:', open.size, event?.e ?? 'read'));
const positions = followPositions(streams, (open) => console.log('positions:', open.size));
const balances = followBalances(streams, (held) => console.log('USDC:', held.get('USDC')?.available));
await Promise.all([orders.ready, positions.ready, balances.ready]);

const symbol = 'SOL_USDC_PERP';
const { id } = await placeOrder(client, {
  symbol,
  side: 'Bid',
  orderType: 'Limit',
  price: await priceBelow(client, symbol),
  quantity: '1',
});
await cancelOrder(client, { symbol, orderId: id });
setTimeout(() => streams.close(), 1_000);
