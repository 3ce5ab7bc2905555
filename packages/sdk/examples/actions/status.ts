// Asks whether the venue works. Run it: node packages/sdk/examples/actions/status.ts
import { status } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const { status: word, message } = await status(client);
console.log(word, message ?? '');
