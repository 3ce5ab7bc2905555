// Lists the keys of the user. Run it: node packages/sdk/examples/actions/list-keys.ts
import { listKeys } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
for (const { publicKey, permissions } of await listKeys(client)) console.log(publicKey, permissions.join(' '));
