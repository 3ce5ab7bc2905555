// Asks where to send a deposit. Run it: node packages/sdk/examples/actions/deposit-address.ts
import { depositAddress } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const { address } = await depositAddress(client, { blockchain: 'Solana' });
console.log(address);
