// Reads the open interest of perpetuals. Run it: node packages/sdk/examples/actions/open-interest.ts
import { openInterest } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
for (const row of await openInterest(client)) console.log(row.symbol, row.openInterest);
