// Reads a book. Both sides ascend in price, so the best bid is the last. Run it: node packages/sdk/examples/actions/depth.ts
import { depth } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const { bids, asks } = await depth(client, { symbol: 'SOL_USDC_PERP', limit: '5' });
console.log('best bid', bids.at(-1), 'best ask', asks[0]);
