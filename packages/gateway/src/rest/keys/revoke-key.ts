/** `DELETE /api/v1/keys`. */
import { commands } from '@mochila/protocol';
import { KeyDeletePayload } from '../../schemas/account-requests.ts';
import { carryOut, headerOf } from '../../venue/carry-out.ts';
import { defineSignedRoute, NO_ANSWER, NO_QUERY } from '../route.ts';

/** No key has this index. */
const NO_KEY = -1;

/** Revokes a key. */
export const revokeKey = defineSignedRoute({
  route: 'DELETE /api/v1/keys',
  area: 'Account',
  summary: 'Revokes a key of the user, everywhere and at once; needs a key with all permissions.',
  permission: 'withdraw',
  query: NO_QUERY,
  body: KeyDeletePayload,
  answer: NO_ANSWER,
  format: 'empty',
  handle: async (context) => {
    const { body, services, caller } = context;
    const record = services.keys.find(body.publicKey);
    // The engine is asked about unknown keys too: it may have revoked this one for the same idempotency key.
    const revokedKey = record?.user === caller.user ? record.key : NO_KEY;
    const fields = { ...commands.revokeKey.defaults, ...headerOf(context), revokedKey };
    await carryOut(context, { command: { name: 'revokeKey', fields }, about: {} });
    return undefined;
  },
});
