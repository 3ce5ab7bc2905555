/** The true engine, driven second by second: people, prices, system work, and the journal of all of it for a replay. */
import { apply, auditState, openState, pendingSystemWork, type State, writeSnapshot } from '@mochila/core';
import { commands, encodeRecord, type Fields, type Genesis, type RecordSchema } from '@mochila/protocol';
import { CommandLog } from './command-log.ts';

/** An account and the key that acts for it. */
export interface SimPerson {
  readonly account: number;
  readonly key: number;
  readonly generation: number;
}

/** What a command answered; `result` is read before the next one. */
export interface SimAnswer {
  readonly rejectCode: number;
  readonly result: Float64Array;
}

/** Told of the events of every command, as words that are only valid during the call. */
export type EventReader = (words: Float64Array, length: number, second: number) => void;

const WINDOW_MS = 500;
const WORDS = 1 << 20;

/** A venue that lives when told. */
export class SimVenue {
  readonly state: State;
  readonly genesis: Genesis;
  readonly log: CommandLog | null;
  /** USD price that every source says each second, by AssetIx; a source's own price may differ through `sourceFactors`. */
  readonly usd: number[];
  /** Factor of a source for an asset: sources by asset; 1 the plain price, 0 silence. */
  readonly sourceFactors: Map<string, number> = new Map();
  /** Milliseconds that the liquidation of the last second took, all its commands together: on the clock, and of the processor. */
  liquidationMs = 0;
  liquidationCpuMs = 0;
  readonly #words = new Float64Array(WORDS);
  #signed = 0;
  #people = 0;
  readonly #readers: EventReader[] = [];

  /** @param isLogged - keeps every command, so that {@link replayHash} can run them again. */
  constructor(genesis: Genesis, usd: readonly number[], isLogged: boolean) {
    this.genesis = genesis;
    this.state = openState(genesis);
    this.log = isLogged ? new CommandLog() : null;
    this.usd = [...usd];
    this.send(commands.genesis, { json: new TextEncoder().encode(JSON.stringify(genesis)) });
  }

  /** Hands every further event to one more reader. */
  read(reader: EventReader): void {
    this.#readers.push(reader);
  }

  /** Applies a command and the system work it leaves. */
  send<T extends Fields>(schema: RecordSchema<T>, fields: Partial<T>, timeMicros = this.state.timeMicros): SimAnswer {
    this.#apply(schema, fields, timeMicros);
    const { outcome, result } = this.state.scratch;
    const answer = { rejectCode: outcome.rejectCode, result: result.slice(0, this.state.scratch.resultLength) };
    for (let work = pendingSystemWork(this.state); work !== null; work = pendingSystemWork(this.state)) {
      if (work.kind === 'settleSlice') this.#apply(commands.settleSlice, { ...work });
      else if (work.kind === 'fireTriggers') this.#apply(commands.fireTriggers, { round: work.round });
      else {
        const begun = performance.now();
        const cpuBegun = process.cpuUsage();
        this.#apply(commands.liquidate, { second: work.second, round: work.round });
        const { user, system } = process.cpuUsage(cpuBegun);
        this.liquidationMs += performance.now() - begun;
        this.liquidationCpuMs += (user + system) / 1_000;
      }
    }
    return answer;
  }

  /** Opens a user with one account. */
  person(): SimPerson {
    const publicKey = new Uint8Array(32);
    this.#people += 1;
    new DataView(publicKey.buffer).setUint32(0, this.#people);
    const { rejectCode, result } = this.send(commands.registerUser, { isSandbox: 1, publicKey });
    if (rejectCode !== 0) throw new Error(`a person was refused: ${rejectCode}`);
    return { account: result[1] ?? -1, key: result[2] ?? -1, generation: result[3] ?? -1 };
  }

  /** Credits a deposit. @param atoms - whole, above 0. */
  deposit(person: SimPerson, asset: number, atoms: number): void {
    const reference = new TextEncoder().encode(`d${this.state.seq}`);
    const { rejectCode } = this.send(commands.creditDeposit, { account: person.account, asset, amountAtoms: atoms, reference });
    if (rejectCode !== 0) throw new Error(`a deposit of ${atoms} atoms was refused: ${rejectCode}`);
  }

  /** Sends a command signed by a person. */
  as<T extends Fields>(person: SimPerson, schema: RecordSchema<T>, fields: Partial<T>): SimAnswer {
    this.#signed += 1;
    const { account, key, generation: keyGeneration } = person;
    const signedAtMs = Math.floor(this.state.timeMicros / 1000);
    const header = { account, key, keyGeneration, signedAtMs, windowMs: WINDOW_MS, signHi: 1, signLo: this.#signed };
    return this.send(schema, { ...fields, ...header });
  }

  /** Sets an account's leverage limit. */
  setLeverage(person: SimPerson, leverageLimit: number): void {
    const { rejectCode } = this.as(person, commands.updateAccount, { leverageLimit });
    if (rejectCode !== 0) throw new Error(`a leverage limit of ${leverageLimit} was refused: ${rejectCode}`);
  }

  /** Lets one second pass: the sources speak, the tick runs, then what it leaves. */
  pass(): void {
    const second = this.state.tickSecond + 1;
    this.liquidationMs = 0;
    this.liquidationCpuMs = 0;
    const rows: number[] = [];
    this.usd.forEach((usd, asset) => {
      for (let source = 0; source < this.genesis.prices.sources.length; source += 1) {
        const price = usd * (this.sourceFactors.get(`${source} ${asset}`) ?? 1);
        if (price > 0) rows.push(source, asset, price, price, price, second);
      }
    });
    const quotes = new Uint8Array(Float64Array.from(rows).buffer);
    if (rows.length > 0) this.#apply(commands.prices, { quotes }, second * 1e6);
    this.send(commands.tick, { second }, second * 1e6);
  }

  /** Lets seconds pass. */
  passSeconds(seconds: number): void {
    for (let at = 0; at < seconds; at += 1) this.pass();
  }

  /** Every broken invariant in words; empty when all hold. Linear in everything. */
  audit(): string[] {
    return auditState(this.state);
  }

  /** Bytes of the whole state: equal states have equal bytes. */
  snapshot(): Uint8Array {
    return writeSnapshot(this.state);
  }

  #apply<T extends Fields>(schema: RecordSchema<T>, fields: Partial<T>, timeMicros = this.state.timeMicros): void {
    const length = encodeRecord(schema, { ...schema.defaults, ...fields }, this.#words, 0);
    this.log?.add(this.#words, length, timeMicros);
    apply(this.state, this.state.seq + 1, timeMicros, this.#words, 0);
    const { out, tickSecond } = this.state;
    for (const reader of this.#readers) reader(out.words, out.length, tickSecond);
  }
}
