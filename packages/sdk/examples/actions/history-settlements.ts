// Lists changes of cash by settlement. Run it: node packages/sdk/examples/actions/history-settlements.ts
import { historySettlements } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const { rows, total } = await historySettlements(client, { limit: 10 });
console.log(rows.length, 'of', total);
