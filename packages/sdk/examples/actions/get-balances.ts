// Reads the balances of the account. Run it: node packages/sdk/examples/actions/get-balances.ts
import { getBalances } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
for (const [asset, { available }] of Object.entries(await getBalances(client))) console.log(asset, available);
