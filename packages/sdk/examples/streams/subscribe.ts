// Listens to trades and mark prices for five seconds. Run it: node packages/sdk/examples/streams/subscribe.ts
import { openStreams } from '@mochila/sdk';
import { connect } from '../connect.ts';

const streams = openStreams(connect(), { onState: (state, reason) => console.log('connection:', state, reason) });
streams.subscribe('trade.SOL_USDC_PERP', ({ p, q, m }) => console.log(m ? 'sold' : 'bought', q, 'at', p));
streams.subscribe(['markPrice.SOL_USDC_PERP', 'markPrice.BTC_USDC_PERP'], ({ s, p, f }) => console.log(s, 'mark', p, 'funding', f));
setTimeout(() => streams.close(), 5_000);
