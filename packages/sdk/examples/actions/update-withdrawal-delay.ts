// Changes the withdrawal delay; a shorter one takes effect after the old one has passed. Run it: node packages/sdk/examples/actions/update-withdrawal-delay.ts
import { createWithdrawalDelay, updateWithdrawalDelay } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
await createWithdrawalDelay(client, { withdrawalDelayHours: 24 });
console.log(await updateWithdrawalDelay(client, { withdrawalDelayHours: 48 }));
