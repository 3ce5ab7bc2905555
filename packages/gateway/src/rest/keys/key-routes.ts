/** Routes about keys. */
import type { Route } from '../route.ts';
import { createKey } from './create-key.ts';
import { readKeys } from './read-keys.ts';
import { revokeKey } from './revoke-key.ts';

/** All of them. */
export const KEY_ROUTES: readonly Route[] = [readKeys, createKey, revokeKey];
