// Reads mark prices, index prices and funding rates. Run it: node packages/sdk/examples/actions/mark-prices.ts
import { markPrices } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
for (const { symbol, markPrice, fundingRate } of await markPrices(client)) console.log(symbol, markPrice, fundingRate);
