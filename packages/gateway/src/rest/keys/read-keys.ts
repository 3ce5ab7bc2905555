/** `GET /api/v1/keys`. */
import { encodeBase64 } from '@mochila/protocol';
import { z } from 'zod';
import { permissionWords } from '../../auth/key-directory.ts';
import { KeysQuery } from '../../schemas/account-requests.ts';
import { ApiKey } from '../../schemas/own-answers.ts';
import { defineSignedRoute, NO_BODY } from '../route.ts';

/** Lists the keys of the user. */
export const readKeys = defineSignedRoute({
  route: 'GET /api/v1/keys',
  area: 'Account',
  summary: 'Keys of the user, of all its accounts.',
  permission: 'read',
  query: KeysQuery,
  body: NO_BODY,
  answer: z.array(ApiKey),
  handle: async ({ query, services, caller }) => {
    const { user } = caller;
    const [keys, accounts] = await Promise.all([services.engine.ask('keys', { user }), services.engine.ask('subaccounts', { user })]);
    const subIndexOf = new Map(accounts.map(({ account, subIndex }) => [account, subIndex]));
    return keys
      .map(({ publicKey, permissions, account }) => ({
        publicKey: encodeBase64(Buffer.from(publicKey, 'hex')),
        permissions: permissionWords(permissions),
        subaccountId: subIndexOf.get(account) ?? -1,
      }))
      .filter(({ permissions }) => query.permission === undefined || permissions.includes(query.permission));
  },
});
