// Lists the latest trades of a market. Run it: node packages/sdk/examples/actions/trades.ts
import { trades } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
for (const { price, quantity } of await trades(client, { symbol: 'SOL_USDC_PERP', limit: 5 })) console.log(price, quantity);
console.log('that is all');
