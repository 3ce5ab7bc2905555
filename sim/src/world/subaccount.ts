/** Further accounts of one user. */
import { commands, PERMISSION_ALL } from '@mochila/protocol';
import type { SimPerson, SimVenue } from '../venue/sim-venue.ts';

/** Opens another account of the same user, with a key of its own. @throws Error when it is refused. */
export function openSubaccount(venue: SimVenue, person: SimPerson): SimPerson {
  const opened = venue.as(person, commands.createSubaccount, {});
  const account = opened.result[0] ?? -1;
  // No simulated person's key begins like this.
  const publicKey = new Uint8Array(32).fill(255);
  new DataView(publicKey.buffer).setUint32(0, account);
  const made = venue.as(person, commands.createKey, { forAccount: account, permissions: PERMISSION_ALL, publicKey });
  if (opened.rejectCode !== 0 || made.rejectCode !== 0)
    throw new Error(`a subaccount was refused: ${opened.rejectCode}, ${made.rejectCode}`);
  return { account, key: made.result[0] ?? -1, generation: made.result[1] ?? -1 };
}
