// Lists borrows and lends, those that were closed too. Run it: node packages/sdk/examples/actions/history-borrow-lend-positions.ts
import { historyBorrowLendPositions } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const { rows, total } = await historyBorrowLendPositions(client, { limit: 10 });
console.log(rows.length, 'of', total);
