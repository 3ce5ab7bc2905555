// Asks at which price of a borrowed asset the account would be liquidated. Run it: node packages/sdk/examples/actions/borrow-liquidation-price.ts
import { borrowLiquidationPrice } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const { liquidationPrice, markPrice } = await borrowLiquidationPrice(client, { borrow: 'SOL' });
console.log(liquidationPrice, markPrice);
