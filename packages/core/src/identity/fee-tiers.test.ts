import { commands, events, rejects } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { setFeeTier } from '../commands/set-fee-tier.ts';
import type { State } from '../state.ts';
import { eventNames, eventsOf, peopleState, registered, run, text } from '../testing/people-state.ts';
import { addVolume, feePpm, rollVolumeDay, volumeOf } from './fee-tiers.ts';

const DAY = 86_400;

function passDays(state: State, days: number): void {
  state.tickSecond += days * DAY;
  run(state, () => {
    rollVolumeDay(state);
    return null;
  });
}

function operator(state: State, user: number, feeTier: number): number {
  return run(state, () => setFeeTier(state, { ...commands.setFeeTier.defaults, user, feeTier, operator: text('ops') }))?.code ?? 0;
}

describe('fee tiers', () => {
  it('rise when a day ends with enough volume in thirty, and fall when it has passed', () => {
    const state = peopleState();
    passDays(state, 0);
    const { user, account } = registered(state, 1);
    addVolume(state, account, 600_000);
    passDays(state, 1);
    expect(state.identity.users.feeTier[user]).toBe(0);
    addVolume(state, account, 400_000);
    expect(volumeOf(state, user)).toBe(1_000_000);
    expect(state.identity.users.feeTier[user]).toBe(0);
    passDays(state, 1);
    expect(eventsOf(state, events.feeTierChanged)).toEqual([{ user, feeTier: 1 }]);
    expect([feePpm(state, user, true, true), feePpm(state, user, true, false)]).toEqual([600, 800]);
    expect([feePpm(state, user, false, true), feePpm(state, user, false, false)]).toEqual([100, 400]);
    passDays(state, 28);
    expect(volumeOf(state, user)).toBe(400_000);
    expect(eventsOf(state, events.feeTierChanged)).toEqual([{ user, feeTier: 0 }]);
    passDays(state, 1);
    expect(volumeOf(state, user)).toBe(0);
  });

  it('count the accounts of a user together and forget all after a long stop', () => {
    const state = peopleState();
    passDays(state, 0);
    const { user, account } = registered(state, 1);
    addVolume(state, account, 100_000_000);
    passDays(state, 1);
    expect(feePpm(state, user, false, true)).toBe(-50);
    passDays(state, 400);
    expect([volumeOf(state, user), state.identity.users.feeTier[user]]).toEqual([0, 0]);
  });

  it('are looked at once a day', () => {
    const state = peopleState();
    passDays(state, 0);
    const { user, account } = registered(state, 1);
    addVolume(state, account, 5_000_000);
    state.tickSecond += 1;
    rollVolumeDay(state);
    expect(state.identity.users.feeTier[user]).toBe(0);
  });
});

describe('setFeeTier', () => {
  it('puts a user in a tier at once and keeps it through days without volume', () => {
    const state = peopleState();
    passDays(state, 0);
    const { user, account } = registered(state, 1);
    expect(operator(state, user, 1)).toBe(0);
    expect(eventNames(state)).toEqual(['feeTierChanged', 'operatorActed']);
    passDays(state, 40);
    expect(state.identity.users.feeTier[user]).toBe(1);
    addVolume(state, account, 100_000_000);
    passDays(state, 1);
    expect(state.identity.users.feeTier[user]).toBe(2);
    expect(operator(state, user, 0)).toBe(0);
    expect(state.identity.users.feeTier[user]).toBe(0);
  });

  it('refuses unknown users, the venue itself and tiers that are not listed', () => {
    const state = peopleState();
    const { user } = registered(state, 1);
    expect(operator(state, 0, 9)).toBe(rejects.unknownUser.code);
    expect(operator(state, user + 1, 0)).toBe(rejects.unknownUser.code);
    expect(operator(state, 1.5, 0)).toBe(rejects.unknownUser.code);
    expect(operator(state, user, 3)).toBe(rejects.feeTierRange.code);
    expect(operator(state, user, -1)).toBe(rejects.feeTierRange.code);
  });
});
