/** The exchanges that can be read. */
import { binance } from './binance.ts';
import { bybit } from './bybit.ts';
import { coinbase } from './coinbase.ts';
import type { ExchangeReader } from './exchange-reader.ts';
import { kraken } from './kraken.ts';
import { okx } from './okx.ts';

/** Their names. */
export const EXCHANGE_NAMES = ['binance', 'okx', 'coinbase', 'kraken', 'bybit'] as const;

/** One of them. */
export type ExchangeName = (typeof EXCHANGE_NAMES)[number];

/** How each is read. */
export const READERS: Readonly<Record<ExchangeName, ExchangeReader>> = { binance, okx, coinbase, kraken, bybit };
