// Lists the assets and the chains they come from. Run it: node packages/sdk/examples/actions/assets.ts
import { assets } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
for (const { symbol, tokens } of await assets(client)) console.log(symbol, tokens.map(({ blockchain }) => blockchain).join(' '));
