/** What every `EngineLink` must do; run it in the tests of an implementation, over a real engine. */

import { type Command, commands, type EventBatch, type Outcome, rejects } from '@mochila/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EngineLink, LinkFault } from '../engine-link.ts';

/** A sandbox venue of one test. */
export interface EngineLinkHarness {
  readonly link: EngineLink;
  /** Time of the venue, in milliseconds since 1970. */
  nowMs(): number;
  /** Lets the venue reach its next second. */
  passSecond(): Promise<void>;
  /** Ends the venue; the link stays in the hands of the test. */
  stop(): Promise<void>;
}

const NO_ENVELOPE = new Uint8Array(0);
const WAIT_MS = 30_000;

/**
 * Describes the behaviour of a link.
 * @param name of the implementation
 * @param setUp starts a new sandbox venue, for one test
 */
export function describeEngineLink(name: string, setUp: () => Promise<EngineLinkHarness>): void {
  describe(`${name} as an EngineLink`, () => {
    let harness: EngineLinkHarness;
    let link: EngineLink;
    let signed = 0;

    beforeEach(async () => {
      harness = await setUp();
      link = harness.link;
      signed = 0;
    });

    afterEach(() => harness.stop());

    const register = (seed: number): Promise<Outcome> => {
      const fields = { ...commands.registerUser.defaults, isSandbox: 1, publicKey: new Uint8Array(32).fill(seed) };
      return link.submit({ name: 'registerUser', fields }, Uint8Array.of(1, 2, 3));
    };
    const registered = async (seed: number): Promise<{ user: number; account: number; key: number; keyGeneration: number }> => {
      const [user = -1, account = -1, key = -1, keyGeneration = -1] = (await register(seed)).result;
      return { user, account, key, keyGeneration };
    };
    const setLeverage = (owner: { account: number; key: number; keyGeneration: number }, leverageLimit: number): Command => {
      const { account, key, keyGeneration } = owner;
      const header = { account, key, keyGeneration, signedAtMs: harness.nowMs(), windowMs: 60_000, signHi: 1, signLo: ++signed };
      return { name: 'updateAccount', fields: { ...commands.updateAccount.defaults, ...header, leverageLimit } };
    };

    it('answers a command with its sequence, time and result', async () => {
      const before = harness.nowMs();
      const first = await register(1);
      const second = await register(2);
      expect(first).toMatchObject({ reject: null, isRepeated: false });
      expect(first.result).toHaveLength(4);
      expect(second.seq).toBeGreaterThan(first.seq);
      expect(second.timeMicros).toBeGreaterThanOrEqual(first.timeMicros);
      expect(first.timeMicros).toBeGreaterThanOrEqual(before * 1000);
      expect(second.result[1]).not.toBe(first.result[1]);
    });

    it('answers a refusal as a value, with its numbers', async () => {
      await register(1);
      expect(await register(1)).toMatchObject({ reject: { code: rejects.keyExists.code }, result: [] });
      const fields = { ...commands.registerUser.defaults, publicKey: new Uint8Array(31) };
      const refused = await link.submit({ name: 'registerUser', fields }, NO_ENVELOPE);
      expect(refused.reject).toMatchObject({ code: rejects.badPublicKey.code, value: 31 });
      expect(refused.seq).toBeGreaterThan(0);
    });

    it('says that it is running', () => {
      expect(link.status()).toBe('running');
    });

    it('keeps the order of what is offered at once', async () => {
      const outcomes = await Promise.all(Array.from({ length: 40 }, (_, i) => register(i + 1)));
      const seqs = outcomes.map((outcome) => outcome.seq);
      expect(outcomes.map((outcome) => outcome.reject)).toEqual(Array(40).fill(null));
      expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
    });

    it('keeps the order of one account over both lanes', async () => {
      const owners = await Promise.all([1, 2, 3].map(registered));
      const last = await Promise.all(
        owners.map(async (owner, i) => {
          const sent: Promise<Outcome>[] = [];
          for (let n = 0; n < 30; n++) sent.push(link.submit(setLeverage(owner, n + 1), NO_ENVELOPE, { isPriority: (n + i) % 3 === 0 }));
          const outcomes = await Promise.all(sent);
          expect(outcomes.map((outcome) => outcome.reject)).toEqual(Array(30).fill(null));
          const seqs = outcomes.map((outcome) => outcome.seq);
          expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
          return (await link.ask('account', { account: owner.account })).leverageLimit;
        }),
      );
      expect(last).toEqual([30, 30, 30]);
    });

    it('tells a follower every command once, in sequence, with its events', async () => {
      const seen: EventBatch[] = [];
      link.follow((batch) => seen.push(batch));
      const outcomes = await Promise.all([1, 2, 1].map(register));
      await until(() => seen.at(-1)?.seq === outcomes[2]?.seq);
      expect(seen.map((batch) => batch.seq)).toEqual(seen.map((_, i) => (seen[0]?.seq ?? 0) + i));
      const mine = seen.filter((batch) => batch.commandCode === commands.registerUser.code);
      expect(mine.map((batch) => batch.rejectCode)).toEqual([0, 0, rejects.keyExists.code]);
      expect(mine.map((batch) => batch.timeMicros)).toEqual(outcomes.map((outcome) => outcome.timeMicros));
      const created = mine[0]?.events.find((event) => event.name === 'accountCreated');
      expect(created?.fields).toMatchObject({ account: outcomes[0]?.result[1], isSandbox: 1 });
      expect(mine[2]?.events).toEqual([]);
      const keyed = mine[1]?.events.find((event) => event.name === 'keyCreated');
      expect(keyed?.fields).toMatchObject({ publicKey: new Uint8Array(32).fill(2) });
    });

    it('tells each follower until it stops following', async () => {
      const [first, second]: [number[], number[]] = [[], []];
      const stop = link.follow((batch) => first.push(batch.seq));
      link.follow((batch) => second.push(batch.seq));
      const one = await register(1);
      await until(() => second.includes(one.seq));
      stop();
      stop();
      const two = await register(2);
      await until(() => second.includes(two.seq));
      expect(first).toContain(one.seq);
      expect(first).not.toContain(two.seq);
    });

    it('answers questions about the state with all that was answered before', async () => {
      const { account, user } = await registered(7);
      const holdings = await link.ask('holdings', { account });
      expect(holdings.length).toBeGreaterThan(0);
      expect(await link.ask('keys', { user })).toHaveLength(1);
      expect(await link.ask('account', { account })).toMatchObject({ account, user });
      expect(await link.ask('order', { account, market: 0, orderId: 0, clientId: 5 })).toBeNull();
      const status = await link.ask('status', { withHash: true });
      expect(status.isSandbox).toBe(true);
      expect(status.stateHash).toMatch(/^[0-9a-f]{64}$/);
    });

    it('runs a stress trial on a copy', async () => {
      const { account } = await registered(1);
      const before = await link.ask('status', { withHash: false });
      const answer = await link.ask('stress', { account, shocks: [{ asset: 2, move: -0.3 }], seconds: 5 });
      expect(answer).toMatchObject({ firstLiquidationSecond: -1, steps: [], positions: [] });
      expect(answer.before.netEquity).toBeGreaterThanOrEqual(answer.after.netEquity);
      expect(await link.ask('status', { withHash: false })).toMatchObject({ accounts: before.accounts });
    });

    it('gives out copies: changing an answer changes nothing', async () => {
      const { account } = await registered(7);
      const holdings = await link.ask('holdings', { account });
      const before = structuredClone(holdings);
      for (const holding of holdings) holding.freeAtoms = -1;
      expect(await link.ask('holdings', { account })).toEqual(before);
    });

    it('fails a question about what does not exist, and goes on', async () => {
      await expect(link.ask('depth', { market: 99, levels: 1 })).rejects.toThrow(LinkFault);
      expect((await register(1)).reject).toBeNull();
    });

    it('ticks with the seconds of the venue', async () => {
      const ticks: EventBatch[] = [];
      link.follow((batch) => {
        if (batch.commandCode === commands.tick.code) ticks.push(batch);
      });
      await harness.passSecond();
      await until(() => ticks.length > 0);
      await harness.passSecond();
      await until(() => ticks.length > 1);
      const seconds = ticks.map((tick) => Math.floor(tick.timeMicros / 1e6));
      expect(seconds).toEqual([...new Set(seconds)]);
    });

    it('refuses at once after the venue ended', async () => {
      await register(1);
      await harness.stop();
      await until(() => link.status() === 'stopped');
      expect(await register(2)).toMatchObject({ seq: 0, reject: { code: rejects.maintenance.code } });
      await expect(link.ask('status', { withHash: false })).rejects.toThrow(LinkFault);
    });
  });
}

async function until(isTrue: () => boolean): Promise<void> {
  const giveUpAt = performance.now() + WAIT_MS;
  while (!isTrue()) {
    if (performance.now() > giveUpAt) throw new Error('it did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
