// Lists positions that were closed against winners. Run it: node packages/sdk/examples/actions/deleveragings.ts
import { deleveragings } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const { rows, total } = await deleveragings(client, { symbol: 'SOL_USDC_PERP', limit: 3 });
for (const { needed, taken, overshoot, price } of rows) console.log(needed, taken, overshoot, price);
console.log(rows.length, 'of', total);
