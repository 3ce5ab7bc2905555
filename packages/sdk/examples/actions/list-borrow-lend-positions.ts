// Lists what is lent and borrowed. Run it: node packages/sdk/examples/actions/list-borrow-lend-positions.ts
import { listBorrowLendPositions } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
for (const { symbol, netQuantity, cumulativeInterest } of await listBorrowLendPositions(client))
  console.log(symbol, netQuantity, cumulativeInterest);
console.log('that is all');
