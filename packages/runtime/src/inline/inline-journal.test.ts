import { smallGenesis } from '@mochila/core';
import { JournalFile, nodeFileSystem } from '@mochila/journal-file';
import { commands, type Outcome, rejects } from '@mochila/protocol';
import { createSimulatedClock, faultyFileSystem, requireDone, TestVenue } from '@mochila/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeDirectory } from '../testing/start-test-venue.ts';
import { createInlineLink, type InlineLink } from './inline-link.ts';

const genesis = smallGenesis();
let directory: ReturnType<typeof makeDirectory>;
let opened: InlineLink[];

beforeEach(() => {
  directory = makeDirectory();
  opened = [];
});

afterEach(() => {
  for (const link of opened) link.close();
  directory.remove();
});

function open(timeoutMs = 10_000) {
  const fileSystem = faultyFileSystem(nodeFileSystem);
  const journal = new JournalFile({ directory: directory.path, venueId: genesis.venueId, fileSystem });
  const clock = createSimulatedClock(genesis.createdAtMicros + opened.length * 60_000_000);
  const link = createInlineLink({ genesis, clock, journal, timeoutMs });
  opened.push(link);
  return { fileSystem, link, clock, venue: new TestVenue(link, clock, genesis) };
}

describe('the inline link over a journal', () => {
  it('refuses while the disk is full, tells nothing, and goes on by itself', async () => {
    const { fileSystem, link, clock, venue } = open();
    const person = await venue.person();
    const told: number[] = [];
    link.follow((batch) => told.push(batch.seq));
    fileSystem.setSpace(0);
    const caught = venue.deposit(person, 'USDC', 5, 'caught');
    await link.runDue();
    expect(link.status()).toBe('refusing');
    expect((await venue.deposit(person, 'USDC', 5, 'refused')).reject?.code).toBe(rejects.maintenance.code);
    await expect(link.ask('holdings', { account: person.account })).rejects.toThrow('not durable yet');
    clock.advance(5_000_000);
    await link.runDue();
    expect(told).toEqual([]);
    fileSystem.setSpace(Number.POSITIVE_INFINITY);
    requireDone(await venue.deposit(person, 'USDC', 5, 'refused'));
    requireDone(await caught);
    expect(link.status()).toBe('running');
    expect(told).toEqual(told.map((_, i) => (told[0] ?? 0) + i));
  });

  it('gives up an answer that cannot become durable in time', async () => {
    const { fileSystem, venue } = open(40);
    const person = await venue.person();
    fileSystem.setSpace(0);
    expect((await venue.deposit(person, 'USDC', 5, 'late')).reject?.code).toBe(rejects.timeout.code);
  });

  it('halts when storage fails, and what was acknowledged is there at the next start', async () => {
    const { fileSystem, link, venue } = open();
    const person = await venue.person();
    requireDone(await venue.deposit(person, 'USDC', 5, 'kept'));
    fileSystem.failNext('syncData', 'EIO');
    expect((await venue.deposit(person, 'USDC', 5, 'lost')).reject?.code).toBe(rejects.timeout.code);
    expect(link.status()).toBe('halted');
    expect((await venue.deposit(person, 'USDC', 5, 'more')).reject?.code).toBe(rejects.maintenance.code);
    await expect(link.ask('status', { withHash: false })).rejects.toThrow('the engine is halted');
    link.close();
    const again = open();
    expect((await again.venue.deposit(person, 'USDC', 5, 'kept')).reject?.code).toBe(rejects.duplicateDeposit.code);
  });

  it('halts on a bug in the engine, says which, and starts again without the command', async () => {
    const { link, venue } = open();
    const person = await venue.person();
    const poison = { ...commands.settleSlice.defaults, epoch: 99 };
    await expect(link.submit({ name: 'settleSlice', fields: poison }, new Uint8Array(0))).rejects.toThrow(
      'a slice belongs to an open epoch',
    );
    expect(link.status()).toBe('halted');
    link.close();
    const again = open();
    requireDone(await again.venue.deposit(person, 'USDC', 5, 'after'));
    expect(await again.link.ask('audit', {})).toEqual([]);
  });

  it('makes what is offered in one turn durable together', async () => {
    const { fileSystem, venue } = open();
    const person = await venue.person();
    const before = fileSystem.calls('syncData');
    const outcomes: Outcome[] = await Promise.all(Array.from({ length: 50 }, (_, i) => venue.deposit(person, 'USDC', 5, `turn ${i}`)));
    for (const outcome of outcomes) requireDone(outcome);
    expect(fileSystem.calls('syncData') - before).toBe(1);
  });
});
