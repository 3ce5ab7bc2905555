// Lists the markets with their tick sizes, lot sizes and margin. Run it: node packages/sdk/examples/actions/markets.ts
import { markets } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const listed = await markets(client, { marketType: ['PERP'] });
for (const { symbol, filters } of listed) console.log(symbol, 'tick', filters.price.tickSize);
