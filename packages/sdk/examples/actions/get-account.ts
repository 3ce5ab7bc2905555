// Reads the settings, fees and limits of the account. Run it: node packages/sdk/examples/actions/get-account.ts
import { getAccount } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const { futuresTakerFee, leverageLimit } = await getAccount(client);
console.log(futuresTakerFee, leverageLimit);
