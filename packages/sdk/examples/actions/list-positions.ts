// Lists the open perpetual positions with their margin. Run it: node packages/sdk/examples/actions/list-positions.ts
import { listPositions } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
for (const { symbol, netQuantity, pnlUnrealized } of await listPositions(client)) console.log(symbol, netQuantity, pnlUnrealized);
console.log('that is all');
