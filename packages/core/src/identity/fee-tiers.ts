/** Fee tiers: by 30-day volume per user, recomputed when a day ends, never below what an operator set. */
import { events } from '@mochila/protocol';
import { emit } from '../event-buffer.ts';
import { accountUser } from '../ledger/accounts.ts';
import type { State } from '../state.ts';
import { type Users, VOLUME_DAYS } from './users.ts';

const SECONDS_PER_DAY = 86_400;

/**
 * Fee rate of a user; negative is a rebate. Hot.
 *
 * @returns ppm of the notional.
 */
export function feePpm(state: State, user: number, isSpot: boolean, isMaker: boolean): number {
  const tier = state.genesis.feeTiers[state.identity.users.feeTier[user]!]!;
  if (isSpot) return isMaker ? tier.spotMakerPpm : tier.spotTakerPpm;
  return isMaker ? tier.perpMakerPpm : tier.perpTakerPpm;
}

/** Counts traded volume for an account's user. Hot. @param usd - notional, a double; for tiers, not money. */
export function addVolume(state: State, account: number, usd: number): void {
  const { users } = state.identity;
  const user = accountUser(state.accounts, account);
  users.volumeToday[user] = users.volumeToday[user]! + usd;
}

/** USD a user traded in the running day and the 29 before. */
export function volumeOf(state: State, user: number): number {
  const { users } = state.identity;
  return users.volumeToday[user]! + pastVolume(users, user);
}

function pastVolume(users: Users, user: number): number {
  let sum = 0;
  for (let at = user * VOLUME_DAYS; at < (user + 1) * VOLUME_DAYS; at += 1) sum += users.volumeDays[at]!;
  return sum;
}

/** Lowest tier without volume; else the highest whose volume is reached. */
export function tierOfVolume(state: State, usd: number): number {
  const { feeTiers } = state.genesis;
  let tier = 0;
  for (let at = 1; at < feeTiers.length; at += 1) if (usd >= feeTiers[at]!.volumeUsd) tier = at;
  return tier;
}

/**
 * Asked by every tick: when a day has ended, writes its volumes down and puts every user in the tier of the 30 days
 * behind. O(users) once a day, O(1) otherwise.
 */
export function rollVolumeDay(state: State): void {
  const { identity } = state;
  const day = Math.floor(state.tickSecond / SECONDS_PER_DAY);
  const ended = identity.volumeDay;
  if (day <= ended) return;
  identity.volumeDay = day;
  if (ended < 0) return;
  for (let user = 1; user < identity.users.used; user += 1) {
    writeDay(identity.users, user, ended, day);
    setTier(state, user, Math.max(tierOfVolume(state, pastVolume(identity.users, user)), identity.users.feeTierFloor[user]!));
  }
}

/** Writes the ended day into its slot and empties the slots up to the new day's, which falls out of the thirty. */
function writeDay(users: Users, user: number, ended: number, day: number): void {
  const from = user * VOLUME_DAYS;
  users.volumeDays[from + (ended % VOLUME_DAYS)] = users.volumeToday[user]!;
  users.volumeToday[user] = 0;
  const passed = Math.min(day - ended, VOLUME_DAYS);
  for (let step = 0; step < passed; step += 1) users.volumeDays[from + ((day - step) % VOLUME_DAYS)] = 0;
}

/** Puts a user in a tier and says so when it is another. */
export function setTier(state: State, user: number, tier: number): void {
  const { users } = state.identity;
  if (users.feeTier[user] === tier) return;
  users.feeTier[user] = tier;
  emit(state.out, events.feeTierChanged, { user, feeTier: tier });
}
