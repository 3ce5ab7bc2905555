// Lists withdrawals. Run it: node packages/sdk/examples/actions/list-withdrawals.ts
import { listWithdrawals } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const { rows } = await listWithdrawals(client);
console.log(rows.length, 'withdrawals');
