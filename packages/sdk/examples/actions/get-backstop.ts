// Shows what the account offers to take over in liquidation, and what of it is used. Run it: node packages/sdk/examples/actions/get-backstop.ts
import { getBackstop } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
for (const { symbol, carried, free } of await getBackstop(client)) console.log(symbol, carried, free);
console.log('that is all');
