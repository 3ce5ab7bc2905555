/** What a page in a browser does: a key of WebCrypto that nobody can read out, then as `web-page.ts`. */
import { createClient, followBook, openStreams, signerOfCryptoKeys } from '../index.ts';
import { SYMBOL, trade, until } from './web-page.ts';

/** Trades at a venue, from another origin than its own. @returns what it saw */
export async function run(url: string): Promise<object> {
  const keys = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
  if (!('privateKey' in keys)) throw new Error('the browser made no pair of keys');
  const signer = await signerOfCryptoKeys(keys);
  const client = createClient({ url, signer });
  const seen = await trade(client);
  const streams = openStreams(client);
  const { isCurrent } = followBook(streams, SYMBOL, () => undefined);
  await until(isCurrent, 'the book');
  streams.close();
  return {
    ...seen,
    hasBook: true,
    isReadable: keys.privateKey.extractable,
    isForeign: new URL(import.meta.url).origin !== new URL(url).origin,
  };
}
