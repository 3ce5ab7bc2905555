/** The true engine behind small calls, for tests: commands by name, the seconds between them, the money of its accounts. */
import {
  commands,
  encodeRecord,
  type Fields,
  type Genesis,
  PERMISSION_ALL,
  type PlaceOrder,
  type RecordSchema,
  Side,
  type UserHeader,
} from '@mochila/protocol';
import { restoreSnapshot } from '../codec/snapshot.ts';
import { createState } from '../create-state.ts';
import { apply } from '../engine.ts';
import { auditState } from '../invariants.ts';
import { debtAtomsOf, findHolding, lentAtomsOf } from '../ledger/holding-rows.ts';
import { holdingFree } from '../ledger/holdings.ts';
import { computeHealth, HealthMode } from '../risk/compute-health.ts';
import { createHealth, type Health } from '../risk/health.ts';
import { findPosition } from '../risk/position-rows.ts';
import { positionSizeLots } from '../risk/positions.ts';
import { pendingSystemWork } from '../settlement/pending-system-work.ts';
import type { State } from '../state.ts';
import { eventsOf, type QuoteRow, quoteBytes } from './price-feed.ts';
import { smallGenesis } from './small-genesis.ts';

/** A person with one account and a key. */
export interface Person {
  account: number;
  key: number;
  generation: number;
}

/** What a command answered. */
export interface Answered {
  rejectCode: number;
  value: number;
  limit: number;
  result: number[];
}

export class TestVenue {
  state: State;
  readonly words = new Float64Array(1 << 16);
  /** USD price of each asset that every source repeats each second. */
  readonly usd: number[];
  private signed = 0;

  constructor(genesis: Genesis = smallGenesis(), usd: readonly number[] = [1, 1, 60_000, 3_000, 150]) {
    this.state = createState(genesis);
    this.usd = [...usd];
    this.send(commands.genesis, { json: new TextEncoder().encode(JSON.stringify(genesis)) });
    this.live(1);
  }

  /** A venue that goes on where a snapshot of another stood, with its prices; signatures of both differ. */
  static restored(from: TestVenue, bytes: Uint8Array): TestVenue {
    const venue = new TestVenue(from.state.genesis, from.usd);
    venue.state = createState(from.state.genesis);
    restoreSnapshot(venue.state, bytes);
    venue.signed = from.signed;
    return venue;
  }

  /** Applies one command as the sequencer would, and the system work it leaves. */
  send<T extends Fields>(schema: RecordSchema<T>, fields: Partial<T>, timeMicros = this.state.timeMicros): Answered {
    const answered = this.sendOne(schema, fields, timeMicros);
    this.runSystemWork();
    return answered;
  }

  /** Applies one command and nothing after it: an epoch it opens stays open. */
  sendOne<T extends Fields>(schema: RecordSchema<T>, fields: Partial<T>, timeMicros = this.state.timeMicros): Answered {
    encodeRecord(schema, { ...schema.defaults, ...fields }, this.words, 0);
    apply(this.state, this.state.seq + 1, timeMicros, this.words, 0);
    const { outcome, result, resultLength } = this.state.scratch;
    return { rejectCode: outcome.rejectCode, value: outcome.value, limit: outcome.limit, result: [...result.subarray(0, resultLength)] };
  }

  runSystemWork(): void {
    for (let work = pendingSystemWork(this.state); work !== null; work = pendingSystemWork(this.state)) {
      if (work.kind === 'settleSlice')
        this.sendOne(commands.settleSlice, { epoch: work.epoch, fromAccount: work.fromAccount, toAccount: work.toAccount });
      else if (work.kind === 'liquidate') this.sendOne(commands.liquidate, { second: work.second, round: work.round });
      else this.sendOne(commands.fireTriggers, { round: work.round });
    }
  }

  /** Sends a user command signed by a person, its signature unique. */
  as<T extends Fields>(person: Person, schema: RecordSchema<T>, fields: Partial<T>): Answered {
    return this.send(schema, { ...this.signedBy(person), ...fields });
  }

  /** Header of a person's next request. */
  signedBy(person: Person): Partial<UserHeader> {
    this.signed += 1;
    return {
      account: person.account,
      key: person.key,
      keyGeneration: person.generation,
      signedAtMs: Math.floor(this.state.timeMicros / 1000),
      windowMs: 5000,
      signHi: 1,
      signLo: this.signed,
    };
  }

  /** Lets seconds pass, every source repeating the prices of `usd`. */
  live(seconds: number): void {
    for (let at = 0; at < seconds; at += 1) this.pass(1);
  }

  /** Lets seconds pass as one tick, as after a stop. */
  pass(seconds: number): void {
    const second = this.state.tickSecond + seconds;
    const time = second * 1_000_000;
    const rows = this.usd.flatMap((price, asset) =>
      this.state.genesis.prices.sources.map((_, source): QuoteRow => [source, asset, price, price, price, time]),
    );
    this.send(commands.prices, { quotes: quoteBytes(rows) }, time);
    this.send(commands.tick, { second }, time);
  }

  /** Registers a sandbox user with the faucet's grants. */
  person(tag: number): Person {
    const { result } = this.send(commands.registerUser, { isSandbox: 1, publicKey: new Uint8Array(32).fill(tag + 1) });
    return { account: result[1]!, key: result[2]!, generation: result[3]! };
  }

  /** Opens a subaccount with a key of its own. */
  subaccount(person: Person, tag: number): Person {
    const account = this.as(person, commands.createSubaccount, {}).result[0]!;
    const { result } = this.as(person, commands.createKey, {
      forAccount: account,
      permissions: PERMISSION_ALL,
      publicKey: new Uint8Array(32).fill(tag + 1),
    });
    return { account, key: result[0]!, generation: result[1]! };
  }

  deposit(person: Person, asset: number, atoms: number): Answered {
    return this.send(commands.creditDeposit, {
      account: person.account,
      asset,
      amountAtoms: atoms,
      reference: new TextEncoder().encode(`d${this.state.seq}`),
    });
  }

  /** Places an order; quantities in lots, prices in ticks. */
  place(person: Person, market: number, side: 'bid' | 'ask', lots: number, ticks: number, more: Partial<PlaceOrder> = {}): Answered {
    return this.as(person, commands.placeOrder, {
      market,
      side: side === 'bid' ? Side.Bid : Side.Ask,
      orderKind: ticks > 0 ? 0 : 1,
      quantityLots: lots,
      priceTicks: ticks,
      ...more,
    });
  }

  size(person: Person, market: number): number {
    const row = findPosition(this.state, person.account, market);
    return row < 0 ? 0 : positionSizeLots(this.state.positions, row);
  }

  /** free + lent - debt, in atoms. */
  net(person: Person, asset: number): number {
    const row = findHolding(this.state, person.account, asset);
    return row < 0 ? 0 : holdingFree(this.state.holdings, row) + lentAtomsOf(this.state, row) - debtAtomsOf(this.state, row);
  }

  health(person: Person, mode: HealthMode = HealthMode.Maintenance): Health {
    const health = createHealth();
    computeHealth(this.state, person.account, mode, null, health);
    return health;
  }

  events<T extends Fields>(schema: RecordSchema<T>): T[] {
    return eventsOf(this.state, schema);
  }

  audit(): string[] {
    return auditState(this.state);
  }
}
