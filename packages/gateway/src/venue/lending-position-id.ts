/**
 * Public ids of lends and debts: the sequence of the command that began one, and its asset in the last three digits, since one
 * command may begin several.
 */
import { ApiError } from '../errors/api-error.ts';

/** More assets than a genesis may list. */
const ASSETS_MAX = 1_000;

/** What names a lend or debt of an account: the seq at which it began, and its AssetIx. */
export type LendingPosition = { readonly positionId: number; readonly asset: number };

/** Writes the id. @param position - `positionId` 0 is none, "0". @example writeLendingPositionId({ positionId: 44, asset: 3 }) // '44003' */
export function writeLendingPositionId({ positionId, asset }: LendingPosition): string {
  return positionId === 0 ? '0' : `${positionId}${String(asset).padStart(3, '0')}`;
}

/** Reads the id. @throws ApiError INVALID_POSITION_ID. */
export function readLendingPositionId(text: string): LendingPosition {
  const id = Number(text);
  if (!/^\d{1,16}$/.test(text) || !Number.isSafeInteger(id))
    throw new ApiError('INVALID_POSITION_ID', `\`positionId\` must be the id of a borrow or lend in digits, got "${text}".`);
  return { positionId: Math.floor(id / ASSETS_MAX), asset: id % ASSETS_MAX };
}

/**
 * Narrows a filter of history to one lend or debt.
 *
 * @param assets AssetIxs that are asked for; undefined for all
 * @param text the id that is asked for; undefined for all
 * @throws ApiError INVALID_POSITION_ID
 */
export function lendingFilterOf(assets: number[] | undefined, text: string | undefined) {
  if (text === undefined) return { assets, positionId: undefined };
  const { positionId, asset } = readLendingPositionId(text);
  return { positionId, assets: assets === undefined || assets.includes(asset) ? [asset] : [] };
}
