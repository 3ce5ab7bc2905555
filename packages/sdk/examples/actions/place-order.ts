// Places an order. Run it: node packages/sdk/examples/actions/place-order.ts
import { placeOrder } from '@mochila/sdk';
import { connect, priceBelow } from '../connect.ts';

const client = connect();
const order = await placeOrder(client, {
  symbol: 'SOL_USDC_PERP',
  side: 'Bid',
  orderType: 'Limit',
  price: await priceBelow(client, 'SOL_USDC_PERP'),
  quantity: '1',
});
console.log(order.id, order.status);
