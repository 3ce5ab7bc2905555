// Asks how much can be withdrawn now. Run it: node packages/sdk/examples/actions/max-withdrawal.ts
import { maxWithdrawal } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const { maxWithdrawalQuantity } = await maxWithdrawal(client, { symbol: 'USDC' });
console.log(maxWithdrawalQuantity);
