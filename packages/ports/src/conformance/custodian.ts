/** What every `Custodian` must do; run it in the tests of an implementation, over a real engine. */
import { type EventFields, WithdrawalStatus } from '@mochila/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Custodian } from '../custodian.ts';
import type { EngineLink } from '../engine-link.ts';

/** A venue and its custodian of one test. */
export interface CustodianHarness {
  readonly custodian: Custodian;
  readonly link: EngineLink;
  /** A blockchain it serves. */
  readonly blockchain: string;
  /** Asks for a withdrawal that the custodian is able to send; it is pending when this resolves. Resolves to its id. */
  requestWithdrawal(): Promise<number>;
  /** Lets so much time pass, for the venue and the custodian, that what is under way is finished. */
  passLong(): Promise<void>;
  readonly cleanUp?: () => Promise<void> | void;
}

/**
 * Describes the behaviour of a custodian.
 * @param name of the implementation
 * @param setUp starts a new venue; the custodian is not started
 */
export function describeCustodian(name: string, setUp: () => Promise<CustodianHarness>): void {
  describe(`${name} as a Custodian`, () => {
    let harness: CustodianHarness;
    let finished: EventFields<'withdrawalChanged'>[];

    beforeEach(async () => {
      harness = await setUp();
      finished = [];
      harness.link.follow(({ events }) => {
        for (const event of events) {
          if (event.name === 'withdrawalChanged' && event.fields.status >= WithdrawalStatus.Confirmed) finished.push(event.fields);
        }
      });
    });

    afterEach(async () => {
      await harness.custodian.stop();
      await harness.cleanUp?.();
    });

    it('sends a withdrawal and says by which transaction', async () => {
      await harness.custodian.start();
      const withdrawal = await harness.requestWithdrawal();
      await harness.passLong();
      expect(finished).toMatchObject([{ withdrawal, status: WithdrawalStatus.Confirmed }]);
      expect(finished[0]?.transaction.length).toBeGreaterThan(0);
      expect(await harness.link.ask('openWithdrawals', {})).toEqual([]);
    });

    it('finds the withdrawals of before its start', async () => {
      const withdrawal = await harness.requestWithdrawal();
      await harness.custodian.start();
      await harness.passLong();
      expect(finished).toMatchObject([{ withdrawal, status: WithdrawalStatus.Confirmed }]);
    });

    it('leaves alone what is asked for after its stop, and may be stopped at any time', async () => {
      await harness.custodian.stop();
      await harness.custodian.start();
      await harness.custodian.stop();
      await harness.requestWithdrawal();
      await harness.passLong();
      expect(finished).toEqual([]);
      await harness.custodian.stop();
    });

    it('gives an account the same address on a blockchain, and no other account that one', () => {
      const { custodian, blockchain } = harness;
      const address = custodian.depositAddress({ account: 7, blockchain });
      expect(address).toMatch(/^\S{8,160}$/);
      expect(custodian.depositAddress({ account: 7, blockchain })).toBe(address);
      expect(custodian.depositAddress({ account: 8, blockchain })).not.toBe(address);
      expect(custodian.depositAddress({ account: 7, blockchain: 'no such chain' })).toBeNull();
    });
  });
}
