// Lists the summaries of the ten-second settlements. Run it: node packages/sdk/examples/actions/settlements.ts
import { settlements } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
for (const { epoch, timestamp, accounts } of await settlements(client, { limit: 3 })) console.log(epoch, timestamp, accounts);
console.log('that is all');
