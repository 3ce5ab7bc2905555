// Lists candles of a market. 30 such requests a minute are allowed. Run it: node packages/sdk/examples/actions/klines.ts
import { klines } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const startTime = Math.floor(Date.now() / 1000) - 600;
for (const { start, close } of await klines(client, { symbol: 'SOL_USDC_PERP', interval: '1m', startTime })) console.log(start, close);
