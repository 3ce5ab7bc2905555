// Moves an asset from the account of the key to another account of the same user. Run it: node packages/sdk/examples/actions/transfer.ts
import { createSubaccount, transfer } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const { subaccountId: toSubaccountId } = await createSubaccount(client);
const moved = await transfer(client, { symbol: 'USDC', quantity: '100', toSubaccountId });
console.log(moved.quantity, 'USDC to account', moved.toSubaccountId);
