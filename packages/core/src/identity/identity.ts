/** Who is who: users, their keys, and what was already said (replay table, idempotency keys, registrations of the day). */
import type { EngineLimits } from '@mochila/protocol';
import { takeRow } from '../table.ts';
import { createIdempotency, type Idempotency } from './idempotency.ts';
import { createKeys, type Keys } from './keys.ts';
import { createRegistrations, type Registrations } from './registrations.ts';
import { createReplay, type Replay } from './replay.ts';
import { createUsers, type Users } from './users.ts';

/** All the venue knows about people. */
export interface Identity {
  users: Users;
  keys: Keys;
  replay: Replay;
  idempotency: Idempotency;
  registrations: Registrations;
  /** Day number of `volumeToday` of all users; -1 before the first tick. */
  volumeDay: number;
}

/** Identity of a new venue: user 0, the venue, and nobody else. */
export function createIdentity(limits: EngineLimits): Identity {
  const users = createUsers(limits);
  takeRow(users);
  return {
    users,
    keys: createKeys(limits.keys),
    replay: createReplay(limits.replayedSignatures),
    idempotency: createIdempotency(limits.idempotencyKeys),
    registrations: createRegistrations(limits.users),
    volumeDay: -1,
  };
}
