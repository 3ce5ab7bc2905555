// Shows how a mark price came about, layer by layer. Run it: node packages/sdk/examples/actions/explain-mark.ts
import { explainMark } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const { sources, indexPrice, markPrice } = await explainMark(client, { symbol: 'SOL_USDC_PERP' });
console.log(sources.length, 'sources', indexPrice, markPrice);
