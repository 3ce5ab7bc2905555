// Repays every debt note of the account. Run it: node packages/sdk/examples/actions/repay-debt-note.ts
import { listDebtNotes, repayDebtNote } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const notes = await listDebtNotes(client);
for (const { id, quantity } of notes) await repayDebtNote(client, { id, quantity });
console.log(notes.length, 'notes repaid');
