import { smallGenesis } from '@mochila/core';
import { describeCustodian } from '@mochila/ports/conformance';
import { type EventFields, WithdrawalStatus } from '@mochila/protocol';
import { createInlineLink } from '@mochila/runtime';
import { createSimulatedClock, requireDone, type TestPerson, TestVenue } from '@mochila/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FAILING_ADDRESS_PREFIX, SimulatedCustodian } from './simulated-custodian.ts';

const POLL_MS = 2;

interface World {
  readonly venue: TestVenue;
  readonly custodian: SimulatedCustodian;
  readonly person: TestPerson;
  readonly faults: string[];
  withdraw(address: string): Promise<number>;
  pass(seconds: number): Promise<void>;
  close(): void;
}

async function makeWorld(): Promise<World> {
  const genesis = smallGenesis();
  const clock = createSimulatedClock(genesis.createdAtMicros);
  const link = createInlineLink({ genesis, clock });
  const venue = new TestVenue(link, clock, genesis);
  const faults: string[] = [];
  const custodian = new SimulatedCustodian({
    link,
    clock,
    venueId: 'test',
    blockchains: ['Solana', 'Ethereum'],
    onFault: (reason) => faults.push(reason),
    pollMs: POLL_MS,
  });
  await venue.passSeconds(3);
  const person = await venue.person();
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  return {
    venue,
    custodian,
    person,
    faults,
    withdraw: async (address) => {
      const amounts = { asset: venue.asset('USDC'), quantityAtoms: 5_000_000, feeAtoms: 100_000 };
      const where = { address: bytes(address), blockchain: bytes('Solana') };
      const { result } = requireDone(await venue.as(person, 'requestWithdrawal', { ...amounts, ...where }));
      return result[0] ?? -1;
    },
    pass: async (seconds) => {
      for (let second = 0; second < seconds; second++) {
        await venue.passSeconds(1);
        await new Promise((resolve) => setTimeout(resolve, 4 * POLL_MS));
      }
    },
    close: () => link.close(),
  };
}

describeCustodian('SimulatedCustodian', async () => {
  const world = await makeWorld();
  return {
    custodian: world.custodian,
    link: world.venue.link,
    blockchain: 'Solana',
    requestWithdrawal: () => world.withdraw('somewhere'),
    passLong: () => world.pass(6),
    cleanUp: world.close,
  };
});

describe('the simulated custodian', () => {
  let world: World;
  let withdrawals: EventFields<'withdrawalChanged'>[];
  let deposits: EventFields<'depositCredited'>[];

  beforeEach(async () => {
    world = await makeWorld();
    withdrawals = [];
    deposits = [];
    world.venue.link.follow(({ events }) => {
      for (const event of events) {
        if (event.name === 'withdrawalChanged') withdrawals.push(event.fields);
        if (event.name === 'depositCredited') deposits.push(event.fields);
      }
    });
    await world.custodian.start();
  });

  afterEach(async () => {
    await world.custodian.stop();
    world.close();
  });

  it('takes seconds of venue time over a withdrawal', async () => {
    await world.withdraw('somewhere');
    await world.pass(2);
    expect(withdrawals.map(({ status }) => status)).toEqual([WithdrawalStatus.Pending]);
    await world.pass(3);
    expect(withdrawals.map(({ status }) => status)).toEqual([WithdrawalStatus.Pending, WithdrawalStatus.Confirmed]);
    expect(new TextDecoder().decode(withdrawals[1]?.transaction)).toMatch(/^[1-9A-HJ-NP-Za-km-z]{88}$/);
  });

  it('returns a withdrawal to an address that says so', async () => {
    const usdc = world.venue.asset('USDC');
    const holding = async (): Promise<number> => {
      const holdings = await world.venue.link.ask('holdings', { account: world.person.account });
      const found = holdings.find(({ asset }) => asset === usdc);
      return (found?.freeAtoms ?? 0) + (found?.lentAtoms ?? 0);
    };
    const before = await holding();
    await world.withdraw(`${FAILING_ADDRESS_PREFIX.toUpperCase()}-please`);
    expect(await holding()).toBeLessThan(before);
    await world.pass(5);
    expect(withdrawals.at(-1)?.status).toBe(WithdrawalStatus.Failed);
    expect(await holding()).toBeGreaterThanOrEqual(before - 1);
    expect(world.faults).toEqual([]);
  });

  it('credits a deposit after seconds, once for each reference', async () => {
    const deposit = {
      account: world.person.account,
      asset: world.venue.asset('SOL'),
      amountAtoms: 250_000_000,
      blockchain: 'Solana',
      reference: 'a',
    };
    expect(world.custodian.receiveDeposit(deposit)).toBe(true);
    expect(world.custodian.receiveDeposit(deposit)).toBe(true);
    expect(deposits).toEqual([]);
    await world.pass(5);
    expect(deposits).toMatchObject([{ account: deposit.account, asset: deposit.asset, amountAtoms: 250_000_000 }]);
    world.custodian.receiveDeposit(deposit);
    await world.pass(5);
    expect(deposits).toHaveLength(1);
    expect(world.faults).toEqual([]);
  });

  it('says so and gives up when a deposit is for nobody', async () => {
    world.custodian.receiveDeposit({ account: 200, asset: 0, amountAtoms: 1, blockchain: 'Solana', reference: 'b' });
    await world.pass(12);
    expect(world.faults).toHaveLength(1);
  });

  it('gives addresses that are valid on no real chain', () => {
    expect(world.custodian.depositAddress({ account: 5, blockchain: 'Ethereum' })).toMatch(/^SIM[1-9A-HJ-NP-Za-km-z]{40}$/);
  });
});
