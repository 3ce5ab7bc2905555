/** An operator replaces the parameters of a listed market or asset. */
import { type CommandFields, commands, events, type Genesis, type Reject, rejects } from '@mochila/protocol';
import { emit } from '../event-buffer.ts';
import { asAssetChange, asMarketChange } from '../listing-change.ts';
import { reject } from '../reject.ts';
import { noteAllChanged } from '../risk/short-index.ts';
import type { State } from '../state.ts';

/**
 * Applies one whole listing, as it would stand in a genesis. What money is counted in (decimals, tick, lot, quote) stays;
 * everything else must keep every rule of the configuration together with the rest of the venue. Rejects: badParameters.
 */
export function applyUpdateParameters(state: State, command: CommandFields<'updateParameters'>): Reject | null {
  const value = parsed(command.json);
  const present = presentGenesis(state);
  const asset = asAssetChange(present, value);
  const market = asMarketChange(present, value);
  if (asset === null && market === null) return reject(state, rejects.badParameters);
  // Point of no return.
  if (asset !== null) {
    const changed = state.assets.find(({ symbol }) => symbol === asset.symbol)!;
    changed.listing = asset;
    if (changed.pool !== null && asset.pool !== null) changed.pool.listing = asset.pool;
  }
  if (market !== null) state.markets.find(({ symbol }) => symbol === market.symbol)!.listing = market;
  noteAllChanged(state.scratch.shortIndex);
  emit(state.out, events.parametersChanged, { json: command.json });
  emit(state.out, events.operatorActed, { commandCode: commands.updateParameters.code, operator: command.operator });
  return null;
}

/** The genesis as it would read today. */
function presentGenesis(state: State): Genesis {
  return { ...state.genesis, assets: state.assets.map(({ listing }) => listing), markets: state.markets.map(({ listing }) => listing) };
}

/** Bytes that are no JSON are no listing either: null, which every check refuses. */
function parsed(json: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch {
    return null;
  }
}
