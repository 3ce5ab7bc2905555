/** A custodian without chains: confirms withdrawals after seconds of venue time, credits the deposits it is told of. */
import type { Clock, Custodian, DepositAddressAsk, EngineLink, IncomingDeposit } from '@mochila/ports';
import { type Command, commands, type EventBatch, type EventFields, rejects, WithdrawalStatus } from '@mochila/protocol';
import { simulatedAddress, transactionId } from './fake-identifiers.ts';

/** What the custodian is made of. */
export interface SimulatedCustodianSettings {
  readonly link: EngineLink;
  readonly clock: Clock;
  readonly venueId: string;
  /** Blockchains it serves. */
  readonly blockchains: readonly string[];
  /** Told when the engine could not be reached or refused for a reason that will not pass; it tries again by itself. */
  readonly onFault: (reason: string) => void;
  /** Venue seconds until a withdrawal is confirmed and a deposit final; 3 unless told. */
  readonly delaySeconds?: number;
  /** Longest real wait between two looks at the clock; 250 ms unless told. */
  readonly pollMs?: number;
}

/** Withdrawals to an address that begins like this, in any case, fail and are returned: so that people can see what happens then. */
export const FAILING_ADDRESS_PREFIX = 'fail';

/** Deposits on their way; more are refused. */
export const DEPOSITS_MAX = 10_000;

const MICROS_PER_SECOND = 1_000_000;
const RETRY_SECONDS = 5;
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const NO_ENVELOPE = new Uint8Array(0);

interface Job {
  dueMicros: number;
  readonly command: Command;
  /** True for a reject after which there is nothing left to do. */
  readonly isDone: (code: number) => boolean;
}

/** A withdrawal as the events and the open list tell of it. */
interface SeenWithdrawal {
  readonly withdrawal: number;
  readonly address: string;
  readonly blockchain: string;
}

/** The custodian of a sandbox. */
export class SimulatedCustodian implements Custodian {
  readonly #settings: Required<SimulatedCustodianSettings>;
  /** By name of the thing; what is not finished when the venue ends is found again at the next start, deposits apart. */
  readonly #jobs = new Map<string, Job>();
  #timer: NodeJS.Timeout | null = null;
  #unfollow: (() => void) | null = null;
  #work: Promise<void> = Promise.resolve();

  constructor(settings: SimulatedCustodianSettings) {
    this.#settings = { delaySeconds: 3, pollMs: 250, ...settings };
  }

  async start(): Promise<void> {
    if (this.#unfollow !== null) throw new Error('the custodian has been started already');
    const { link } = this.#settings;
    // Events first: a withdrawal that becomes pending in between is seen twice, not never.
    this.#unfollow = link.follow((batch) => this.#see(batch), ['withdrawalChanged']);
    this.#wait();
    for (const open of await link.ask('openWithdrawals', {})) if (open.status === WithdrawalStatus.Pending) this.#plan(open);
  }

  async stop(): Promise<void> {
    this.#unfollow?.();
    this.#unfollow = null;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#work;
  }

  depositAddress({ account, blockchain }: DepositAddressAsk): string | null {
    const { venueId, blockchains } = this.#settings;
    return blockchains.includes(blockchain) ? simulatedAddress(venueId, account, blockchain) : null;
  }

  /**
   * Lets a deposit come in: it is credited some venue seconds later, once for each reference.
   *
   * @returns false when too many are on their way.
   */
  receiveDeposit(deposit: IncomingDeposit): boolean {
    const name = `deposit ${deposit.reference}`;
    if (this.#jobs.has(name)) return true;
    if (this.#jobs.size >= DEPOSITS_MAX) return false;
    const { account, asset, amountAtoms } = deposit;
    const reference = encoder.encode(deposit.reference);
    const fromAddress = encoder.encode(simulatedAddress('outside', account, deposit.blockchain));
    const fields = { account, asset, amountAtoms, reference, fromAddress };
    this.#jobs.set(name, { dueMicros: this.#dueMicros(), command: { name: 'creditDeposit', fields }, isDone: isDepositDone });
    return true;
  }

  #see({ events }: EventBatch): void {
    for (const { name, fields } of events) {
      if (name !== 'withdrawalChanged' || fields.status !== WithdrawalStatus.Pending) continue;
      this.#plan(seenOf(fields));
    }
  }

  #plan({ withdrawal, address, blockchain }: SeenWithdrawal): void {
    const name = `withdrawal ${withdrawal}`;
    if (this.#jobs.has(name)) return;
    const isConfirmed = address.toLowerCase().startsWith(FAILING_ADDRESS_PREFIX) ? 0 : 1;
    const text = isConfirmed === 1 ? transactionId(this.#settings.venueId, withdrawal, blockchain) : '';
    const fields = { ...commands.completeWithdrawal.defaults, withdrawal, isConfirmed, transaction: encoder.encode(text) };
    const command: Command = { name: 'completeWithdrawal', fields };
    this.#jobs.set(name, { dueMicros: this.#dueMicros(), command, isDone: (code) => code === rejects.unknownWithdrawal.code });
  }

  #dueMicros(): number {
    return this.#settings.clock.nowMicros() + this.#settings.delaySeconds * MICROS_PER_SECOND;
  }

  #wait(): void {
    const { clock, pollMs } = this.#settings;
    const dueMicros = Math.min(...Array.from(this.#jobs.values(), (job) => job.dueMicros));
    const waitMs = Math.max(1, Math.min(pollMs, clock.millisUntil(dueMicros)));
    this.#timer = setTimeout(() => {
      this.#work = this.#doDue().then(() => {
        if (this.#unfollow !== null) this.#wait();
      });
    }, waitMs);
  }

  async #doDue(): Promise<void> {
    const now = this.#settings.clock.nowMicros();
    for (const [name, job] of [...this.#jobs]) {
      if (this.#unfollow === null) return;
      if (job.dueMicros > now) continue;
      if (await this.#do(name, job)) this.#jobs.delete(name);
      else job.dueMicros = now + RETRY_SECONDS * MICROS_PER_SECOND;
    }
  }

  /** @returns true when nothing is left to do. */
  async #do(name: string, { command, isDone }: Job): Promise<boolean> {
    const { link, onFault } = this.#settings;
    try {
      const { reject } = await link.submit(command, NO_ENVELOPE);
      if (reject === null) return true;
      if (reject.code !== rejects.duplicateDeposit.code) onFault(`${name} was refused with code ${reject.code}`);
      return isDone(reject.code);
    } catch (error) {
      onFault(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
    return false;
  }
}

/** Rejects of a deposit that pass by themselves; after any other, credited before or impossible, there is nothing left to do. */
const PASSING: readonly number[] = [rejects.busy, rejects.maintenance, rejects.timeout, rejects.holdingLimit, rejects.holdingTableFull].map(
  ({ code }) => code,
);

function isDepositDone(code: number): boolean {
  return !PASSING.includes(code);
}

function seenOf({ withdrawal, address, blockchain }: EventFields<'withdrawalChanged'>): SeenWithdrawal {
  return { withdrawal, address: decoder.decode(address), blockchain: decoder.decode(blockchain) };
}
