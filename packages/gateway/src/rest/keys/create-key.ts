/** `POST /api/v1/keys`. */
import { commands, decodeBase64 } from '@mochila/protocol';
import { permissionBits, permissionWords } from '../../auth/key-directory.ts';
import { ApiError } from '../../errors/api-error.ts';
import { KeyCreatePayload } from '../../schemas/account-requests.ts';
import { ApiKey } from '../../schemas/own-answers.ts';
import { carryOut, headerOf } from '../../venue/carry-out.ts';
import { findSubaccount } from '../../venue/find-subaccount.ts';
import { defineSignedRoute, NO_QUERY } from '../route.ts';

/** Adds a key. */
export const createKey = defineSignedRoute({
  route: 'POST /api/v1/keys',
  area: 'Account',
  summary: 'Adds a key for one account of the user; needs a key with all permissions.',
  permission: 'withdraw',
  query: NO_QUERY,
  body: KeyCreatePayload,
  answer: ApiKey,
  handle: async (context) => {
    const { body } = context;
    const { account, subIndex } = await findSubaccount(context, body.subaccountId);
    const permissions = permissionBits(body.permissions);
    const publicKey = readPublicKey(body.publicKey);
    const fields = { ...commands.createKey.defaults, ...headerOf(context), forAccount: account, permissions, publicKey };
    await carryOut(context, { command: { name: 'createKey', fields }, about: {} });
    return { publicKey: body.publicKey, permissions: permissionWords(permissions), subaccountId: subIndex };
  },
});

function readPublicKey(text: string): Uint8Array {
  const bytes = decodeBase64(text);
  if (bytes !== null && bytes !== undefined) return bytes;
  throw new ApiError('INVALID_CLIENT_REQUEST', `\`publicKey\` must be base64 of 32 bytes, got "${text}".`);
}
