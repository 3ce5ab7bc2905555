// Changes settings of the account; absent ones stay. Run it: node packages/sdk/examples/actions/update-account.ts
import { getAccount, updateAccount } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
await updateAccount(client, { leverageLimit: '5' });
console.log((await getAccount(client)).leverageLimit);
