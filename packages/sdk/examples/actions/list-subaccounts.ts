// Lists the accounts of the user. Run it: node packages/sdk/examples/actions/list-subaccounts.ts
import { listSubaccounts } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
console.log(await listSubaccounts(client));
