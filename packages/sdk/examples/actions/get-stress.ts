// Tries moves of prices on a copy of the account. Run it: node packages/sdk/examples/actions/get-stress.ts
import { getStress } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const { before, after, steps } = await getStress(client, { shocks: { BTC: '-0.30', SOL: '-0.50' } });
console.log(before.netEquity, '->', after.netEquity, steps.length, 'steps');
