// Lists older trades of a market. 30 such requests a minute are allowed. Run it: node packages/sdk/examples/actions/trades-history.ts
import { tradesHistory } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const older = await tradesHistory(client, { symbol: 'SOL_USDC_PERP', limit: 5, offset: 5 });
console.log(older.length, 'trades');
