// Lists changes of borrows and lends. Run it: node packages/sdk/examples/actions/history-borrow-lend.ts
import { historyBorrowLend } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const { rows, total } = await historyBorrowLend(client, { limit: 10 });
console.log(rows.length, 'of', total);
