// Lists past funding rates of a perpetual. Run it: node packages/sdk/examples/actions/funding-rates.ts
import { fundingRates } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const rates = await fundingRates(client, { symbol: 'SOL_USDC_PERP', limit: 8 });
console.log(rates.length, 'intervals');
