// Shows the newest receipt and computes it again. Run it: node packages/sdk/examples/actions/get-receipt.ts
import { getReceipt, listReceipts, verifyReceipt } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const [newest] = (await listReceipts(client, { limit: 1 })).rows;
if (newest === undefined) console.log('The venue did nothing to this account by itself.');
else {
  const receipt = await getReceipt(client, { id: newest.id });
  console.log(receipt.kind, verifyReceipt(receipt).isGood ? 'matches' : 'does not match');
}
