// Asks for a withdrawal. The amount leaves the balance at once. Run it: node packages/sdk/examples/actions/request-withdrawal.ts
import { requestWithdrawal } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
const withdrawal = await requestWithdrawal(client, {
  symbol: 'USDC',
  quantity: '250',
  blockchain: 'Solana',
  address: '7YttLkHDoNj9wyDur5pM1ejNaAvT9X4eqaYcHQqtj2G5',
});
console.log(withdrawal.id, withdrawal.status);
