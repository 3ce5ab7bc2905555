// Lends, redeems, borrows or repays. Run it: node packages/sdk/examples/actions/borrow-lend.ts
import { borrowLend } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
await borrowLend(client, { symbol: 'USDC', side: 'Lend', quantity: '1000' });
console.log('lent 1000 USDC');
