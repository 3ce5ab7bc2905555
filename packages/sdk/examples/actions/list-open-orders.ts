// Lists the open orders: those on books and those that wait for a trigger. Run it: node packages/sdk/examples/actions/list-open-orders.ts
import { listOpenOrders } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
for (const { id, symbol, side } of await listOpenOrders(client)) console.log(id, symbol, side);
console.log('that is all');
