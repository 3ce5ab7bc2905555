// Lists fills. Run it: node packages/sdk/examples/actions/history-fills.ts
import { historyFills } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const { rows, total } = await historyFills(client, { limit: 10 });
console.log(rows.length, 'of', total);
