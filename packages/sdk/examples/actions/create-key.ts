// Adds a key for one account of the user. Run it: node packages/sdk/examples/actions/create-key.ts
import { createKey, createKeyPair } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const { publicKey } = createKeyPair();
const key = await createKey(client, { publicKey, permissions: ['read'] });
console.log(key.publicKey, key.permissions);
