/** Who lends in a simulated venue, and who does not. */
import { answerQuery } from '@mochila/core';
import { BorrowLendSide, commands } from '@mochila/protocol';
import type { SimPerson, SimVenue } from '../venue/sim-venue.ts';

/** Somebody whose money lies free: no pool has it. */
export function openHoarder(venue: SimVenue): SimPerson {
  const person = venue.person();
  stopLending(venue, person);
  return person;
}

/** Turns lending off and takes back what is lent. @throws Error when the pool lets it not go. */
export function leavePools(venue: SimVenue, person: SimPerson): void {
  stopLending(venue, person);
  for (const { asset, lentAtoms } of answerQuery(venue.state, 'holdings', { account: person.account })) {
    if (lentAtoms > 0) borrowOrRedeem(venue, person, asset, lentAtoms);
  }
}

/** Takes atoms into free cash: redeems who lends, borrows who does not. @throws Error when it is refused. */
export function borrowOrRedeem(venue: SimVenue, person: SimPerson, asset: number, atoms: number): void {
  const { rejectCode } = venue.as(person, commands.executeBorrowLend, { asset, side: BorrowLendSide.Borrow, quantityAtoms: atoms });
  if (rejectCode !== 0) throw new Error(`${atoms} atoms of asset ${asset} did not come out of the pool: ${rejectCode}`);
}

function stopLending(venue: SimVenue, person: SimPerson): void {
  const { rejectCode } = venue.as(person, commands.updateAccount, { autoLend: 0 });
  if (rejectCode !== 0) throw new Error(`lending could not be turned off: ${rejectCode}`);
}
