// Shows the liquidity and insurance fund. Run it: node packages/sdk/examples/actions/get-fund.ts
import { getFund } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const { balance, maxNotional, markets } = await getFund(client);
console.log(balance, maxNotional, markets.length);
console.log('that is all');
