// Reads the yearly rates of all lending pools. Run it: node packages/sdk/examples/actions/borrow-lend-rates.ts
import { borrowLendRates } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
for (const { symbol, lendRate } of (await borrowLendRates(client)).borrowLend) console.log(symbol, lendRate);
