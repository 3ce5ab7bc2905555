// Lists interest payments. Run it: node packages/sdk/examples/actions/history-interest.ts
import { historyInterest } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const { rows, total } = await historyInterest(client, { limit: 10 });
console.log(rows.length, 'of', total);
