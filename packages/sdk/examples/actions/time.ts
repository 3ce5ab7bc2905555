// Asks the venue for its clock. Run it: node packages/sdk/examples/actions/time.ts
import { time } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
console.log('the venue is ahead by', (await time(client)) - Date.now(), 'ms');
