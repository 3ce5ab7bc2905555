// Reads one open order. What has ended is in `historyOrders`. Run it: node packages/sdk/examples/actions/get-order.ts
import { getOrder, placeOrder } from '@mochila/sdk';
import { connect, priceBelow } from '../connect.ts';

const client = connect();
const { id } = await placeOrder(client, {
  symbol: 'SOL_USDC_PERP',
  side: 'Bid',
  orderType: 'Limit',
  price: await priceBelow(client, 'SOL_USDC_PERP'),
  quantity: '1',
});
const order = await getOrder(client, { symbol: 'SOL_USDC_PERP', orderId: id });
console.log(order.status, order.executedQuantity);
