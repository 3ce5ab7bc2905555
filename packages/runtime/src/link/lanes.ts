/** Which lane a command may take: a priority command never overtakes an earlier one of its account. */

import type { Command } from '@mochila/protocol';
import { LinkControl, type LinkMemory } from './link-memory.ts';

/** Accounts that are remembered though all of theirs was taken: forgetting costs more than remembering. */
const REMEMBERED_MAX = 10_000;

/** Remembers the last ordinary request of each account until the core has taken it. */
export class Lanes {
  readonly #control: LinkControl;
  readonly #lastOrdinary = new Map<number, number>();
  #lastOfAll = 0;

  constructor(memory: LinkMemory) {
    this.#control = new LinkControl(memory.control);
  }

  /** Tells whether all ordinary requests of the command's account were taken. */
  mayOvertake(command: Command): boolean {
    const account = accountOf(command);
    if (account === undefined) return false;
    const taken = this.#control.takenOrdinary();
    return (this.#lastOrdinary.get(account) ?? 0) <= taken;
  }

  /** Notes a command that went into the ordinary lane. */
  noteOrdinary(command: Command, requestId: number): void {
    const account = accountOf(command);
    if (account === undefined) return;
    if (this.#lastOrdinary.size > REMEMBERED_MAX && this.#control.takenOrdinary() >= this.#lastOfAll) this.#lastOrdinary.clear();
    this.#lastOrdinary.set(account, requestId);
    this.#lastOfAll = requestId;
  }
}

function accountOf({ fields }: Command): number | undefined {
  return 'account' in fields ? fields.account : undefined;
}
