// Lists the balance of the fund after each settlement. Run it: node packages/sdk/examples/actions/fund-history.ts
import { fundHistory } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
for (const { timestamp, balance } of await fundHistory(client, { limit: 3 })) console.log(timestamp, balance);
console.log('that is all');
