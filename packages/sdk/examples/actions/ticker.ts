// Reads the statistics of a market. Run it: node packages/sdk/examples/actions/ticker.ts
import { ticker } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const { lastPrice, volume } = await ticker(client, { symbol: 'SOL_USDC' });
console.log(lastPrice, volume);
