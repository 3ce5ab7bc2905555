// Lists how assets count as collateral and as debts. Run it: node packages/sdk/examples/actions/collateral-assets.ts
import { collateralAssets } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
for (const { symbol, haircutFunction } of await collateralAssets(client)) console.log(symbol, haircutFunction.weight);
