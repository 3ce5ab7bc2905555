// Lends, redeems, borrows or repays. Run it: node packages/sdk/examples/actions/borrow-lend.ts
import { borrowLend, listBorrowLendPositions } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
// A sandbox account lends what it has: Borrow takes 1000 of that back before it would make a debt.
await borrowLend(client, { symbol: 'USDC', side: 'Borrow', quantity: '1000' });
console.log(await listBorrowLendPositions(client));
