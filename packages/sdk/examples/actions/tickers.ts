// Reads the statistics of all markets. Run it: node packages/sdk/examples/actions/tickers.ts
import { tickers } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
for (const { symbol, lastPrice } of await tickers(client)) console.log(symbol, lastPrice);
