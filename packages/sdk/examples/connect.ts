// What every example begins with. MOCHILA_URL and MOCHILA_KEY choose another venue and a key of your own; without them a
// throw-away key is made, which a sandbox gives test money at its first request.
import { type Client, createClient, createKeyPair, createMarketScale, depth, market } from '@mochila/sdk';

/** A client for the examples. */
export function connect(): Client {
  const { MOCHILA_URL: url, MOCHILA_KEY: secret = createKeyPair().secret } = process.env;
  return createClient({ url, secret });
}

/** A price a little below the best bid, at which a bid rests on the book. */
export async function priceBelow(client: Client, symbol: string): Promise<string> {
  const [facts, { bids, asks }] = await Promise.all([market(client, { symbol }), depth(client, { symbol, limit: '5' })]);
  const best = bids.at(-1) ?? asks[0];
  if (best === undefined) throw new Error(`The book of ${symbol} is empty. Is the venue running with its makers?`);
  const { ticksOf, priceOf } = createMarketScale(facts);
  return priceOf(ticksOf(best[0]) * 0.99);
}
