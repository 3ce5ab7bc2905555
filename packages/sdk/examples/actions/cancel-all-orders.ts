// Cancels the open orders of a market. Run it: node packages/sdk/examples/actions/cancel-all-orders.ts
import { cancelAllOrders } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const cancelled = await cancelAllOrders(client, { symbol: 'SOL_USDC_PERP' });
console.log(cancelled.length, 'cancelled');
