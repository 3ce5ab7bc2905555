// Reads equity, collateral and margin of the account. Run it: node packages/sdk/examples/actions/get-collateral.ts
import { getCollateral } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const { netEquity, netEquityAvailable, marginFraction } = await getCollateral(client);
console.log(netEquity, netEquityAvailable, marginFraction);
