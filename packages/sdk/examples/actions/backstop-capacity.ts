// Shows what all backstop providers offer together, live. Run it: node packages/sdk/examples/actions/backstop-capacity.ts
import { backstopCapacity } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
for (const { symbol, providers, free } of await backstopCapacity(client)) console.log(symbol, providers, free);
console.log('that is all');
