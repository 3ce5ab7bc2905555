// Offers to take over positions in liquidation. Run it: node packages/sdk/examples/actions/update-backstop.ts
import { updateBackstop } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const offer = { symbol: 'SOL_USDC_PERP', capital: '2000', maxNotional: '6000', maxPerMinute: '2000', maxPerHour: '6000' };
for (const { symbol, capital, free } of await updateBackstop(client, offer)) console.log(symbol, capital, free);
