/** Quotes of a price source become `prices` commands: one for what came together, refused ones counted and dropped (the next is a second away). */
import type { EngineLink, PriceSource, Quote } from '@mochila/ports';
import type { Genesis } from '@mochila/protocol';

const WORDS_PER_QUOTE = 6;
const NO_ENVELOPE = new Uint8Array(0);

/** Starts the source and hands what it says to the engine. @param onFault - told why quotes could not be handed over. */
export async function feedPrices(
  source: PriceSource,
  link: EngineLink,
  genesis: Genesis,
  onFault: (reason: string) => void,
): Promise<void> {
  const sourceIx = new Map(genesis.prices.sources.map(({ name }, ix) => [name, ix]));
  const assetIx = new Map(genesis.assets.map(({ symbol }, ix) => [symbol, ix]));
  await source.start((quotes) => {
    const quoteBytes = encodeQuotes(quotes, sourceIx, assetIx);
    if (quoteBytes.length === 0) return;
    link.submit({ name: 'prices', fields: { quotes: quoteBytes } }, NO_ENVELOPE).then(
      ({ reject }) => {
        if (reject !== null) onFault(`prices were refused with code ${reject.code}`);
      },
      (error: unknown) => onFault(error instanceof Error ? error.message : String(error)),
    );
  });
}

/** Rows of six words (`protocol/commands.ts`, prices); quotes of sources or assets the venue does not know are left out. */
export function encodeQuotes(
  quotes: readonly Quote[],
  sourceIx: ReadonlyMap<string, number>,
  assetIx: ReadonlyMap<string, number>,
): Uint8Array {
  const words = new Float64Array(quotes.length * WORDS_PER_QUOTE);
  let at = 0;
  for (const { source, asset, bid, ask, last, seq } of quotes) {
    const from = sourceIx.get(source);
    const of = assetIx.get(asset);
    if (from === undefined || of === undefined) continue;
    words.set([from, of, bid, ask, last, seq], at);
    at += WORDS_PER_QUOTE;
  }
  return new Uint8Array(words.buffer, 0, at * 8);
}
