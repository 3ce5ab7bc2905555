import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PendingRequests } from './pending-requests.ts';

const LIMIT_MS = 1_000;

/** Waiters that note what became of them. */
function notebook() {
  const answered: string[] = [];
  const waiter = (id: number) => ({
    answer: (value: string) => answered.push(`${id} ${value}`),
    giveUp: () => answered.push(`${id} gave up`),
  });
  return { answered, waiter };
}

describe('requests that wait', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('are given up after their limit, the oldest first, and those that came later are not', () => {
    const { answered, waiter } = notebook();
    const pending = new PendingRequests<string>(LIMIT_MS);
    for (const id of [1, 2, 200]) pending.add(id, waiter(id));
    vi.advanceTimersByTime(LIMIT_MS * 0.6);
    pending.add(201, waiter(201));
    pending.take(2)?.answer('in time');
    vi.advanceTimersByTime(LIMIT_MS * 0.65);
    expect(answered).toEqual(['2 in time', '1 gave up', '200 gave up']);
    expect(pending.count).toBe(1);
    expect(pending.take(1)).toBeUndefined();
    vi.advanceTimersByTime(LIMIT_MS);
    expect(answered.at(-1)).toBe('201 gave up');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('are let go all together, the oldest first', () => {
    const { answered, waiter } = notebook();
    const pending = new PendingRequests<string>(LIMIT_MS);
    for (const id of [70, 5, 133, 64]) pending.add(id, waiter(id));
    pending.giveUpAll();
    expect(answered).toEqual(['5 gave up', '64 gave up', '70 gave up', '133 gave up']);
    expect([pending.count, vi.getTimerCount()]).toEqual([0, 0]);
  });

  it('are those of a map, whatever is asked and answered in whatever order', () => {
    const act = fc.oneof(fc.record({ skip: fc.integer({ min: 1, max: 300 }) }), fc.record({ take: fc.nat(1_000) }));
    const property = fc.property(fc.array(act, { maxLength: 400 }), (acts) => {
      const pending = new PendingRequests<string>(LIMIT_MS);
      const known = new Map<number, object>();
      let last = 0;
      for (const one of acts) {
        if ('skip' in one) {
          last += one.skip;
          const waiter = { answer: () => undefined, giveUp: () => undefined };
          pending.add(last, waiter);
          known.set(last, waiter);
        } else {
          const id = [...known.keys()][one.take % (known.size + 1)] ?? one.take;
          expect(pending.take(id)).toBe(known.get(id));
          known.delete(id);
        }
        expect(pending.count).toBe(known.size);
      }
      pending.giveUpAll();
    });
    fc.assert(property, { seed: 20_261_123 });
  });
});
