// Lists what the fund received and paid. Run it: node packages/sdk/examples/actions/fund-moves.ts
import { fundMoves } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const { rows } = await fundMoves(client, { limit: 3 });
for (const { kind, quantity, symbol } of rows) console.log(kind, quantity, symbol);
console.log('that is all');
