// Turns a balance too small to trade into USDC. Run it: node packages/sdk/examples/actions/convert-dust.ts
import { ApiFault, convertDust } from '@mochila/sdk';
import { connect } from '../connect.ts';

const client = connect();
try {
  await convertDust(client, { symbol: 'SOL' });
  console.log('converted');
} catch (error) {
  // A sandbox account has 500 SOL, which is no dust: the venue says so.
  if (!(error instanceof ApiFault)) throw error;
  console.log(error.code, error.message);
}
