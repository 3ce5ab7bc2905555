// Cancels one open order. Run it: node packages/sdk/examples/actions/cancel-order.ts
import { cancelOrder, placeOrder } from '@mochila/sdk';
import { connect, priceBelow } from '../connect.ts';

const client = connect();
const { id } = await placeOrder(client, {
  symbol: 'SOL_USDC_PERP',
  side: 'Bid',
  orderType: 'Limit',
  price: await priceBelow(client, 'SOL_USDC_PERP'),
  quantity: '1',
});
const order = await cancelOrder(client, { symbol: 'SOL_USDC_PERP', orderId: id });
console.log(order.status);
