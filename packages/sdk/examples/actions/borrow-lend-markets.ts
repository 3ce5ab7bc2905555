// Lists the lending pools with their rates. Run it: node packages/sdk/examples/actions/borrow-lend-markets.ts
import { borrowLendMarkets } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
for (const { symbol, lendInterestRate, borrowInterestRate } of await borrowLendMarkets(client))
  console.log(symbol, lendInterestRate, borrowInterestRate);
