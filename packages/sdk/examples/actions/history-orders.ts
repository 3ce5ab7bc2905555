// Lists orders, those that ended too. Run it: node packages/sdk/examples/actions/history-orders.ts
import { historyOrders } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const { rows, total } = await historyOrders(client, { limit: 10 });
console.log(rows.length, 'of', total);
