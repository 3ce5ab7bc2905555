// Lists how lending pools were in the past. Run it: node packages/sdk/examples/actions/borrow-lend-markets-history.ts
import { borrowLendMarketsHistory } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const past = await borrowLendMarketsHistory(client, { interval: '1d', symbol: 'USDC' });
console.log(past.length, 'rows');
