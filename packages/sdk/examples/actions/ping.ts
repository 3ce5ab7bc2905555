// Asks whether the venue answers at all. Run it: node packages/sdk/examples/actions/ping.ts
import { ping } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
console.log(await ping(client));
