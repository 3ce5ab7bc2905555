// Asks the faucet of a sandbox for test money. Run it: node packages/sdk/examples/actions/faucet.ts
import { faucet } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const grant = await faucet(client, { symbol: 'USDC', quantity: '1000' });
console.log(grant.quantity, grant.symbol);
