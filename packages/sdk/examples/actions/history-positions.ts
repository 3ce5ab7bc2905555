// Lists positions, those that were closed too. Run it: node packages/sdk/examples/actions/history-positions.ts
import { historyPositions } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const { rows, total } = await historyPositions(client, { limit: 10 });
console.log(rows.length, 'of', total);
