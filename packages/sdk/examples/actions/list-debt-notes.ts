// Lists the debt notes of the account. Run it: node packages/sdk/examples/actions/list-debt-notes.ts
import { listDebtNotes } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
for (const { id, symbol, quantity } of await listDebtNotes(client)) console.log(id, symbol, quantity);
console.log('that is all');
