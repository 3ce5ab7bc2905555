// Reads how long withdrawals wait. Run it: node packages/sdk/examples/actions/get-withdrawal-delay.ts
import { getWithdrawalDelay } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
console.log(await getWithdrawalDelay(client));
