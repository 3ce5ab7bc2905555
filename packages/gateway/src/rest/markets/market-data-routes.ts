/** The public routes: the venue, its assets and markets, what happens on them. */
import { assets } from '../assets/assets.ts';
import { collateral } from '../assets/collateral.ts';
import { borrowLendApy } from '../borrow-lend-markets/borrow-lend-apy.ts';
import { borrowLendMarkets } from '../borrow-lend-markets/borrow-lend-markets.ts';
import { borrowLendMarketsHistory } from '../borrow-lend-markets/borrow-lend-markets-history.ts';
import type { Route } from '../route.ts';
import { ping } from '../system/ping.ts';
import { status } from '../system/status.ts';
import { time } from '../system/time.ts';
import { wallets } from '../system/wallets.ts';
import { trades } from '../trades/trades.ts';
import { tradesHistory } from '../trades/trades-history.ts';
import { depth } from './depth.ts';
import { explainMark } from './explain-mark.ts';
import { fundingRates } from './funding-rates.ts';
import { klines } from './klines.ts';
import { markPrices } from './mark-prices.ts';
import { market } from './market.ts';
import { markets } from './markets.ts';
import { openInterest } from './open-interest.ts';
import { ticker } from './ticker.ts';
import { tickers } from './tickers.ts';

/** Routes that need no signature. */
export const MARKET_DATA_ROUTES: readonly Route[] = [
  status,
  ping,
  time,
  wallets,
  assets,
  collateral,
  markets,
  market,
  depth,
  markPrices,
  explainMark,
  openInterest,
  fundingRates,
  klines,
  ticker,
  tickers,
  trades,
  tradesHistory,
  borrowLendMarkets,
  borrowLendMarketsHistory,
  borrowLendApy,
];
