// Revokes a key of the user. It is dead at once, everywhere. Run it: node packages/sdk/examples/actions/revoke-key.ts
import { createKey, createKeyPair, revokeKey } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const { publicKey } = createKeyPair();
await createKey(client, { publicKey, permissions: ['read'] });
await revokeKey(client, { publicKey });
console.log('revoked', publicKey);
