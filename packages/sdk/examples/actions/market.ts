// Reads one market. Run it: node packages/sdk/examples/actions/market.ts
import { market } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const { filters } = await market(client, { symbol: 'SOL_USDC_PERP' });
console.log(filters.price.tickSize, filters.quantity.stepSize);
