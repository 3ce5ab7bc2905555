/** Which file is played as which source, and how its symbols become assets: `FILE[=SOURCE[:ASSETS]]`. */
import { basename } from 'node:path';
import { ReplayFault } from './price-row.ts';

/** One file of a recording. */
export interface ReplayFile {
  readonly path: string;
  readonly source: string;
  /** The asset that the whole file is about; null when its symbols say. */
  readonly asset: string | null;
  /** Assets of symbols that do not say it themselves. */
  readonly assetBySymbol: ReadonlyMap<string, string>;
}

/** Name of a source that was not named. */
const SOURCE_DEFAULT = 'replay';
const SOURCE_NAME = /^[a-z0-9][a-z0-9_-]{0,23}$/i;
const ASSET_NAME = /^[A-Z0-9_]{1,16}$/;
const FORM = 'is FILE, FILE=SOURCE, FILE=SOURCE:ASSET or FILE=SOURCE:SYMBOL=ASSET,SYMBOL=ASSET';

/**
 * Reads what a flag says of a file.
 *
 * @throws ReplayFault when it is not of the form
 * @example parseReplayFile('day.csv=binance:BTC').asset // 'BTC'
 * @example parseReplayFile('day.csv=kraken:XBTUSD=BTC').assetBySymbol.get('XBTUSD') // 'BTC'
 */
export function parseReplayFile(text: string): ReplayFile {
  const [, path = '', rest] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  if (path === '') throw new ReplayFault(`"${text}" names no file: it ${FORM}`);
  const [source = '', ...after] = (rest ?? SOURCE_DEFAULT).split(':');
  if (!SOURCE_NAME.test(source) || after.length > 1) throw new ReplayFault(`"${text}" names no source: it ${FORM}`);
  const parts = after[0] === undefined ? [] : after[0].split(',');
  const assetBySymbol = new Map<string, string>();
  let asset: string | null = null;
  for (const part of parts) {
    const [symbol = '', of] = part.split('=');
    const name = of ?? symbol;
    const isTwice = of === undefined ? parts.length > 1 : assetBySymbol.has(symbol.toUpperCase());
    if (!ASSET_NAME.test(name) || symbol === '' || isTwice) throw new ReplayFault(`"${part}" of "${text}" maps no symbol: it ${FORM}`);
    if (of === undefined) asset = name;
    else assetBySymbol.set(symbol.toUpperCase(), name);
  }
  return { path, source, asset, assetBySymbol };
}

const AGAINST_DOLLARS = /^[-_/]?(USDT|USDC|USD|FDUSD|BUSD|TUSD)?([-_/]?(PERPETUAL|PERP|SWAP))?$/;
/** Assets that some exchanges write differently. */
const ALIASES: ReadonlyMap<string, readonly string[]> = new Map([['BTC', ['XBT']]]);

/**
 * Makes the function that knows the asset of a symbol of this file: as mapped, else by what it is called against dollars.
 *
 * Stablecoins count as dollars here: BTCUSDT is read as dollars for a bitcoin.
 *
 * @param assets - symbols of the venue's assets.
 */
export function createAssetReader(file: ReplayFile, assets: readonly string[]): (symbol: string | null) => string | null {
  const known = new Map<string, string | null>();
  return (symbol) => {
    const name = symbol ?? symbolOfName(file.path);
    const before = known.get(name);
    if (before !== undefined) return before;
    const asset = findAsset(file, assets, name.toUpperCase());
    if (known.size < KNOWN_MAX) known.set(name, asset);
    return asset;
  };
}

const KNOWN_MAX = 10_000;

/** What a file's name begins with, such as BTCUSDT of `BTCUSDT-1m-2025-10-10.csv`. */
function symbolOfName(path: string): string {
  return basename(path).split(/[-.]/)[0] ?? '';
}

function findAsset({ asset, assetBySymbol }: ReplayFile, assets: readonly string[], symbol: string): string | null {
  const mapped = asset ?? assetBySymbol.get(symbol);
  if (mapped !== undefined && mapped !== null) return assets.includes(mapped) ? mapped : null;
  // The asset's name comes first; what stands after it must be dollars and the kind of contract, nothing else.
  for (const name of assets) {
    const written = [name, ...(ALIASES.get(name) ?? [])].find((text) => symbol.startsWith(text));
    if (written !== undefined && AGAINST_DOLLARS.test(symbol.slice(written.length))) return name;
  }
  return null;
}
