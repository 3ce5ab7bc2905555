/** Backstop LPs of a simulated venue. */
import { commands } from '@mochila/protocol';
import type { SimPerson, SimVenue } from '../venue/sim-venue.ts';

/** What they post. */
export interface ProviderTerms {
  readonly market: number;
  readonly count: number;
  /** Ring-fenced by each, USD; it offers three times that. */
  readonly capitalUsd: number;
}

/** Opens providers and posts their offers. @throws Error when an offer is refused. */
export function openProviders(venue: SimVenue, { market, count, capitalUsd }: ProviderTerms): SimPerson[] {
  return Array.from({ length: count }, () => {
    const person = venue.person();
    venue.deposit(person, venue.state.usdc, Math.floor(capitalUsd * 1.5e6));
    const capitalAtoms = Math.floor(capitalUsd * 1e6);
    const notionalAtoms = capitalAtoms * 3;
    const offer = { market, capitalAtoms, notionalAtoms, minuteAtoms: notionalAtoms, hourAtoms: notionalAtoms };
    const { rejectCode } = venue.as(person, commands.setBackstop, offer);
    if (rejectCode !== 0) throw new Error(`an offer of ${capitalUsd} USD was refused: ${rejectCode}`);
    return person;
  });
}
