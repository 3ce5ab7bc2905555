/** Which symbol of which exchange speaks of which asset: what the configuration chooses. */
import { EXCHANGE_NAMES, type ExchangeName } from './exchanges.ts';

/** A source as the index knows it: one exchange, one unit that it quotes in. */
export type LiveSource = {
  /** As in the venue's price rules, which give it its weight and say what it quotes in. */
  readonly name: string;
  readonly exchange: ExchangeName;
  /** The exchange's symbol by asset; `1/SYMBOL` where the asset is what the symbol quotes in. */
  readonly symbols: Readonly<Record<string, string>>;
};

/** A symbol of an exchange and which way to read it. */
export type SymbolChoice = { readonly symbol: string; readonly isInverted: boolean };

/**
 * Reads the choice of a symbol.
 *
 * @example symbolChoice('1/USDCUSDT') // { symbol: 'USDCUSDT', isInverted: true }
 */
export function symbolChoice(text: string): SymbolChoice {
  return text.startsWith('1/') ? { symbol: text.slice(2), isInverted: true } : { symbol: text, isInverted: false };
}

/** True for the name of an exchange that can be read. */
export function isExchangeName(name: unknown): name is ExchangeName {
  return EXCHANGE_NAMES.some((known) => known === name);
}
