/** The blockchains a venue's assets come from. */
import type { Genesis } from '@mochila/protocol';

/** Each once, in the order of the listing. */
export function blockchainsOf(genesis: Genesis): string[] {
  return [...new Set(genesis.assets.flatMap(({ tokens }) => tokens.map(({ blockchain }) => blockchain)))];
}
