/** Puts orders on the books of a venue that has no makers, so that there is something to trade with. */
import { markPrices } from '../actions/mark-prices.ts';
import { markets } from '../actions/markets.ts';
import { placeOrder } from '../actions/place-order.ts';
import { placeOrders } from '../actions/place-orders.ts';
import { type Client, createClient } from '../client.ts';
import { createMarketScale } from '../market-scale.ts';
import { sleep } from '../retry.ts';
import { createKeyPair } from '../signer.ts';

const FAR = [0.998, 0.997, 0.996];

/** Makes three levels on each side of the books of an asset, and one trade. @returns the maker */
export async function seedBooks(url: string, base = 'SOL'): Promise<Client> {
  const maker = createClient({ url, secret: createKeyPair().secret });
  const [spot, perp] = [`${base}_USDC`, `${base}_USDC_PERP`];
  const listed = await markets(maker);
  const mark = await firstMark(maker, perp);
  for (const symbol of [spot, perp]) {
    const facts = listed.find((market) => market.symbol === symbol);
    if (facts === undefined) throw new Error(`${symbol} is not listed`);
    const { ticksOf, priceOf } = createMarketScale(facts);
    const at = (factor: number) => priceOf(ticksOf(mark) * factor);
    const common = { symbol, orderType: 'Limit', quantity: '20' } as const;
    const results = await placeOrders(maker, [
      ...FAR.map((factor) => ({ ...common, side: 'Bid' as const, price: at(factor) })),
      ...FAR.map((factor) => ({ ...common, side: 'Ask' as const, price: at(2 - factor) })),
    ]);
    for (const result of results) if (result.operation === 'Err') throw new Error(`${symbol}: ${result.message}`);
  }
  const taker = createClient({ url, secret: createKeyPair().secret });
  await placeOrder(taker, { symbol: perp, side: 'Bid', orderType: 'Market', quantity: '1' });
  return maker;
}

/** The venue has its prices a second or two after its start. */
async function firstMark(client: Client, symbol: string): Promise<string> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const [row] = await markPrices(client, { symbol });
    if (row !== undefined && Number(row.markPrice) > 0) return row.markPrice;
    await sleep(100);
  }
  throw new Error(`${symbol} has no mark price after a minute`);
}
