/** Sandbox only: gives an account test money, bounded per asset and day. */
import { type CommandFields, type Reject, rejects } from '@mochila/protocol';
import { checkAmount, checkCredit } from '../custody/credits.ts';
import { countGiven, dailyAtoms, giveFromFaucet, givenToday } from '../custody/faucet.ts';
import { reject } from '../reject.ts';
import { setResult } from '../scratch.ts';
import type { State } from '../state.ts';

/** Answers [quantityAtoms]. @returns sandboxOnly, unknownAsset, badAmount, faucetBound, holdingLimit, holdingTableFull, or null. */
export function useFaucet(state: State, fields: CommandFields<'useFaucet'>): Reject | null {
  const { account, quantityAtoms } = fields;
  if (!state.genesis.sandbox) return reject(state, rejects.sandboxOnly);
  const asset = state.assets[fields.asset];
  if (asset === undefined) return reject(state, rejects.unknownAsset, fields.asset);
  const refused = checkAmount(state, quantityAtoms);
  if (refused !== null) return refused;
  const daily = dailyAtoms(asset);
  if (givenToday(state, account, asset.ix) > daily - quantityAtoms) return reject(state, rejects.faucetBound, quantityAtoms, daily);
  const full = checkCredit(state, account, asset.ix, quantityAtoms);
  if (full !== null) return full;
  // Point of no return.
  giveFromFaucet(state, account, asset.ix, quantityAtoms);
  countGiven(state, account, asset.ix, quantityAtoms);
  setResult(state.scratch, quantityAtoms);
  return null;
}
