// Places up to 50 orders in one request. Each is judged by itself: a batch is not atomic. Run it: node packages/sdk/examples/actions/place-orders.ts
import { placeOrders } from '@mochila/sdk';
import { connect, priceBelow } from '../connect.ts';

const client = connect();
const price = await priceBelow(client, 'SOL_USDC_PERP');
const results = await placeOrders(client, [
  { symbol: 'SOL_USDC_PERP', side: 'Bid', orderType: 'Limit', price, quantity: '1' },
  { symbol: 'SOL_USDC_PERP', side: 'Bid', orderType: 'Limit', price, quantity: '2' },
]);
for (const result of results) console.log(result.operation);
