// Lists funding payments. Run it: node packages/sdk/examples/actions/history-funding.ts
import { historyFunding } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const { rows, total } = await historyFunding(client, { limit: 10 });
console.log(rows.length, 'of', total);
