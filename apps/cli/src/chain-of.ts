/** Which chain a withdrawal goes over. */
import { assets, type Blockchain, type Client } from '@mochila/sdk';
import { CliFault } from './cli-fault.ts';

/**
 * Finds the chain by its name, or the only one there is.
 *
 * @throws CliFault that names the chains of the asset
 */
export async function chainOf(client: Client, symbol: string, name: string | undefined): Promise<Blockchain> {
  const asset = (await assets(client)).find((listed) => listed.symbol === symbol);
  if (asset === undefined) throw new CliFault(`There is no asset ${symbol}: \`mochila pools\` lists them.`);
  const chains = asset.tokens.filter(({ withdrawEnabled }) => withdrawEnabled).map(({ blockchain }) => blockchain);
  const found =
    name === undefined ? (chains.length === 1 ? chains[0] : undefined) : chains.find((chain) => chain.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  const have = chains.length === 0 ? `${symbol} cannot be withdrawn` : `${symbol} goes over ${chains.join(', ')}`;
  throw new CliFault(name === undefined ? `${have}: say which with --chain.` : `${have}, not over "${name}".`);
}
