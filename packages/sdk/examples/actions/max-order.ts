// Asks how large an order can be now. Run it: node packages/sdk/examples/actions/max-order.ts
import { maxOrder } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const { maxOrderQuantity } = await maxOrder(client, { symbol: 'SOL_USDC_PERP', side: 'Bid' });
console.log(maxOrderQuantity);
