// Follows a book for five seconds. Run it: node packages/sdk/examples/streams/follow-book.ts
import { followBook, openStreams } from '@mochila/sdk';
import { connect } from '../connect.ts';

const streams = openStreams(connect());
const followed = followBook(streams, 'SOL_USDC_PERP', ({ bids, asks }) => console.log(bids[0]?.price, asks[0]?.price));
await followed.ready;
setTimeout(() => streams.close(), 5_000);
