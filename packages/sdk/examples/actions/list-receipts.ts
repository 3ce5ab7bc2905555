// Lists what the venue did to the account by itself. Run it: node packages/sdk/examples/actions/list-receipts.ts
import { listReceipts } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const { rows, total } = await listReceipts(client, { limit: 10 });
console.log(rows.length, 'of', total);
