// Sets a first withdrawal delay. Run it: node packages/sdk/examples/actions/create-withdrawal-delay.ts
import { createWithdrawalDelay } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
await createWithdrawalDelay(client, { withdrawalDelayHours: 24 });
console.log('withdrawals wait 24 hours');
