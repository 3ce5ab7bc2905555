// Lists deposits. Run it: node packages/sdk/examples/actions/list-deposits.ts
import { listDeposits } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const { rows } = await listDeposits(client);
console.log(rows.length, 'deposits');
