// Opens a further account of the same user, with money and risk of its own. Run it: node packages/sdk/examples/actions/create-subaccount.ts
import { createSubaccount } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const { subaccountId } = await createSubaccount(client);
console.log(subaccountId);
