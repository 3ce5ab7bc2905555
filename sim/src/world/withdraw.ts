/** Money that leaves a simulated venue. */
import { commands, Tristate, WithdrawalStatus } from '@mochila/protocol';
import type { SimAnswer, SimPerson, SimVenue } from '../venue/sim-venue.ts';

/** What is asked for. */
export interface Withdrawal {
  readonly asset: number;
  /** Whole, above 0. */
  readonly atoms: number;
  /** What is not there is borrowed against the rest of the account; not when left out. */
  readonly mayBorrow?: boolean;
}

/** Asks for a withdrawal, which the custodian carries out at once. @returns the answer: what leaves was debited when it was accepted. */
export function withdraw(venue: SimVenue, person: SimPerson, { asset, atoms, mayBorrow = false }: Withdrawal): SimAnswer {
  const [address, blockchain] = [new TextEncoder().encode('elsewhere'), new TextEncoder().encode('Simulated')];
  const autoBorrow = mayBorrow ? Tristate.Yes : Tristate.No;
  const asked = venue.as(person, commands.requestWithdrawal, { asset, quantityAtoms: atoms, autoBorrow, address, blockchain });
  const [withdrawal = 0, status = 0] = asked.result;
  if (asked.rejectCode === 0 && status === WithdrawalStatus.Pending) {
    const transaction = new TextEncoder().encode(`t${withdrawal}`);
    const { rejectCode } = venue.send(commands.completeWithdrawal, { withdrawal, isConfirmed: 1, transaction });
    if (rejectCode !== 0) throw new Error(`the custodian's word on withdrawal ${withdrawal} was refused: ${rejectCode}`);
  }
  return asked;
}
