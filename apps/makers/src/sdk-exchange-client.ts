/** The bots' client over the public interface: HTTP and WebSocket, by the SDK. */
import {
  borrowLend,
  borrowLendMarkets,
  cancelAllOrders,
  createClient,
  depth,
  faucet,
  getBalances,
  listBorrowLendPositions,
  listPositions,
  markets,
  markPrices,
  openStreams,
  placeOrders,
  updateAccount,
  updateBackstop,
} from '@mochila/sdk';
import type { ExchangeClient, MarketInfo } from './exchange-client.ts';
import { nativeSigner } from './native-signer.ts';

/** Where the exchange is and who asks. */
export interface SdkExchangeSettings {
  readonly url: string;
  /** Base64 of a 32-byte seed. */
  readonly secret: string;
  /** Told of streams that break or are refused; they come back by themselves. */
  readonly onFault: (message: string) => void;
}

/** Long enough for a machine that is shared with much else: an answer that comes late is better than a write nobody knows of. */
const TIMEOUT_MS = 15_000;
const WINDOW_MS = 20_000;
const OVER: ReadonlySet<string> = new Set(['Filled', 'Expired', 'Cancelled']);

/** Makes a client of one account. */
export function createSdkExchangeClient({ url, secret, onFault }: SdkExchangeSettings): ExchangeClient {
  const client = createClient({ url, signer: nativeSigner(secret), timeoutMs: TIMEOUT_MS, windowMs: WINDOW_MS, retries: 1 });
  return {
    markets: async () => (await markets(client, { marketType: ['SPOT', 'PERP'] })).flatMap(marketInfo),
    markPrices: () => markPrices(client),
    bestPrices: async (symbol) => {
      const { bids, asks } = await depth(client, { symbol, limit: '5' });
      return { bid: bids.at(-1)?.[0] ?? null, ask: asks[0]?.[0] ?? null };
    },
    borrowLendMarkets: () => borrowLendMarkets(client),
    placeOrders: async (orders) => {
      const results = await placeOrders(client, orders);
      return results.map((result) =>
        result.operation === 'Ok'
          ? { isAccepted: true, isOver: OVER.has(result.status) }
          : { isAccepted: false, code: result.code, message: result.message },
      );
    },
    cancelAll: async (symbol) => {
      await cancelAllOrders(client, { symbol });
    },
    balances: async () => {
      const balances = Object.entries(await getBalances(client));
      return balances.map(([symbol, { available, locked }]) => ({ symbol, total: String(Number(available) + Number(locked)) }));
    },
    positions: () => listPositions(client),
    borrowLendPositions: () => listBorrowLendPositions(client),
    borrowLend: (act) => borrowLend(client, act),
    updateAccount: (settings) => updateAccount(client, settings),
    updateBackstop: async (offer) => {
      await updateBackstop(client, offer);
    },
    useFaucet: async (ask) => {
      await faucet(client, ask);
    },
    subscribeOrders: (listener) => {
      const streams = openStreams(client, { onFault: ({ message }) => onFault(message) });
      streams.subscribe('account.orderUpdate', ({ s: symbol, e }) => listener({ symbol, isFill: e === 'orderFill' }));
      return () => streams.close();
    },
  };
}

function marketInfo(market: Awaited<ReturnType<typeof markets>>[number]): MarketInfo[] {
  const { symbol, baseSymbol, marketType, filters } = market;
  if (marketType !== 'SPOT' && marketType !== 'PERP') return [];
  const { stepSize, minQuantity } = filters.quantity;
  return [{ symbol, baseSymbol, marketType, tickSize: filters.price.tickSize, stepSize, minQuantity }];
}
