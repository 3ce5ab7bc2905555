// Lists conversions of small balances. Run it: node packages/sdk/examples/actions/history-dust.ts
import { historyDust } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const { rows, total } = await historyDust(client, { limit: 10 });
console.log(rows.length, 'of', total);
