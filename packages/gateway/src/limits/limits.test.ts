import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressKey } from './address-key.ts';
import { BoundedMap } from './bounded-map.ts';
import { ConnectionLimits } from './connection-limits.ts';
import { REQUEST_RULES_DEFAULT, RequestLimits, rateLimitHeaders } from './request-limits.ts';
import { TokenBuckets } from './token-buckets.ts';

const MINUTE = 60_000;

describe('TokenBuckets', () => {
  const rule = { capacity: 30, refillMs: MINUTE, keysMax: 100 };

  it('allows a burst of the whole capacity, then one request every two seconds', () => {
    const buckets = new TokenBuckets(rule);
    const allowed = Array.from({ length: 31 }, () => buckets.spend('a', 1, 0).isAllowed);
    expect(allowed.filter(Boolean)).toHaveLength(30);
    expect(buckets.spend('a', 1, 0)).toEqual({ isAllowed: false, limit: 30, remaining: 0, resetMs: MINUTE, retryMs: 2_000 });
    expect(buckets.spend('a', 1, 1_999).isAllowed).toBe(false);
    expect(buckets.spend('a', 1, 2_000).isAllowed).toBe(true);
    expect(buckets.spend('a', 1, 2_001).isAllowed).toBe(false);
  });

  it('keeps keys apart', () => {
    const buckets = new TokenBuckets({ ...rule, capacity: 1 });
    expect(buckets.spend('a', 1, 0).isAllowed).toBe(true);
    expect(buckets.spend('a', 1, 0).isAllowed).toBe(false);
    expect(buckets.spend('b', 1, 0).isAllowed).toBe(true);
  });

  it('gives nothing for a clock that goes back, and nothing is lost', () => {
    const buckets = new TokenBuckets({ ...rule, capacity: 1 });
    buckets.spend('a', 1, MINUTE);
    expect(buckets.spend('a', 1, 0).isAllowed).toBe(false);
    expect(buckets.spend('a', 1, MINUTE).isAllowed).toBe(true);
  });

  it('never allows more than the capacity and the refill since the start, whatever the times and costs', () => {
    const attempt = fc.tuple(fc.nat(5_000), fc.integer({ min: 1, max: 30 }));
    fc.assert(
      fc.property(fc.array(attempt, { maxLength: 60 }), (attempts) => {
        const buckets = new TokenBuckets(rule);
        let now = 0;
        let spent = 0;
        for (const [wait, cost] of attempts) {
          now += wait;
          if (buckets.spend('a', cost, now).isAllowed) spent += cost;
          expect(spent).toBeLessThanOrEqual(30 + now / 2_000 + 1e-6);
        }
      }),
      { seed: 60_005 },
    );
  });

  it('remembers a bounded number of keys', () => {
    const buckets = new TokenBuckets({ ...rule, keysMax: 10 });
    for (let index = 0; index < 1_000; index += 1) buckets.spend(`key${index}`, 1, 0);
    expect(buckets.size).toBe(10);
  });

  it('refuses a rule that makes no sense', () => {
    expect(() => new TokenBuckets({ ...rule, capacity: 0 })).toThrow(/above zero/);
    expect(() => new TokenBuckets({ ...rule, refillMs: Number.NaN })).toThrow(/above zero/);
    expect(() => new TokenBuckets({ ...rule, keysMax: 0 })).toThrow(/at least 1 entry/);
  });
});

describe('BoundedMap', () => {
  it('forgets what was used longest ago', () => {
    const map = new BoundedMap<string, number>(2);
    map.set('a', 1);
    map.set('b', 2);
    expect(map.get('a')).toBe(1);
    map.set('c', 3);
    expect([map.get('a'), map.get('b'), map.get('c'), map.size]).toEqual([1, undefined, 3, 2]);
    map.delete('a');
    expect(map.size).toBe(1);
  });

  it('does not forget for an entry that is there already', () => {
    const map = new BoundedMap<string, number>(2);
    map.set('a', 1);
    map.set('b', 2);
    map.set('a', 3);
    expect([map.get('a'), map.get('b')]).toEqual([3, 2]);
  });
});

describe('addressKey', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['::ffff:127.0.0.1', '127.0.0.1'],
    ['::1', '0:0:0:0::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:0DB8:0:0:ffff::1', '2001:db8:0:0::/64'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['unknown', 'unknown'],
  ])('of %s is %s', (address, key) => {
    expect(addressKey(address)).toBe(key);
  });
});

describe('ConnectionLimits', () => {
  it('counts in all and by address', () => {
    const limits = new ConnectionLimits({ total: 3, perAddress: 2 });
    expect([limits.admit('a'), limits.admit('a'), limits.admit('a')]).toEqual([null, null, 'address']);
    expect([limits.admit('b'), limits.admit('c')]).toEqual([null, 'total']);
    limits.release('a');
    expect(limits.admit('c')).toBeNull();
    expect(limits.open).toBe(3);
  });

  it('does not count below zero', () => {
    const limits = new ConnectionLimits({ total: 1, perAddress: 1 });
    limits.release('a');
    limits.admit('a');
    limits.release('a');
    limits.release('a');
    expect(limits.open).toBe(0);
  });
});

describe('RequestLimits', () => {
  it('has the published budgets', () => {
    expect(REQUEST_RULES_DEFAULT.general).toMatchObject({ capacity: 2_000, refillMs: MINUTE });
    expect(REQUEST_RULES_DEFAULT.history).toMatchObject({ capacity: 30, refillMs: MINUTE });
  });

  it('lets an account cancel that has spent all else', () => {
    const limits = new RequestLimits();
    for (let index = 0; index < 2_000; index += 1) limits.spend('general', 1, 0);
    const refused = limits.spend('general', 1, 0);
    expect(refused.isAllowed).toBe(false);
    expect(limits.refusal('general', 1, refused)).toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      status: 429,
      retryAfterSeconds: 1,
      message: 'Too many requests of this account: 2000 in 60 s are allowed. Try again in 1 s.',
    });
    expect(limits.spend('priority', 1, 0).isAllowed).toBe(true);
    expect(limits.spend('history', 1, 0).isAllowed).toBe(true);
    expect(limits.spend('general', 2, 0).isAllowed).toBe(true);
    expect(limits.refusal('general', '127.0.0.1', refused).message).toContain('Too many requests of this address: 2000');
  });

  it('stops an address that sends bad signatures long before one that does not', () => {
    const limits = new RequestLimits({ ...REQUEST_RULES_DEFAULT, address: { capacity: 100, refillMs: MINUTE, keysMax: 10 } });
    let admitted = 0;
    while (limits.admitAddress('bad', 0) === null) {
      limits.chargeBadSignature('bad', 0);
      admitted += 1;
    }
    expect(admitted).toBe(5);
    expect(limits.admitAddress('bad', 0)?.message).toContain('Too many requests from this address');
    expect(limits.admitAddress('good', 0)).toBeNull();
  });

  it('looks without spending', () => {
    const limits = new RequestLimits({ ...REQUEST_RULES_DEFAULT, general: { capacity: 1, refillMs: MINUTE, keysMax: 10 } });
    expect([limits.look('general', 'a', 0).isAllowed, limits.look('general', 'a', 0).isAllowed]).toEqual([true, true]);
    limits.spend('general', 'a', 0);
    expect(limits.look('general', 'a', 0)).toMatchObject({ isAllowed: false, retryMs: MINUTE });
  });

  it('tells the budget in whole seconds', () => {
    expect(rateLimitHeaders({ isAllowed: true, limit: 30, remaining: 12, resetMs: 1_001, retryMs: 0 })).toEqual({
      'RateLimit-Limit': '30',
      'RateLimit-Remaining': '12',
      'RateLimit-Reset': '2',
    });
  });
});
