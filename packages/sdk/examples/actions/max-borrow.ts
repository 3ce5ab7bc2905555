// Asks how much can be borrowed now. Run it: node packages/sdk/examples/actions/max-borrow.ts
import { maxBorrow } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const { maxBorrowQuantity } = await maxBorrow(client, { symbol: 'SOL' });
console.log(maxBorrowQuantity);
