/** Token buckets by key: a budget that refills evenly. Time is an argument, memory is bounded. */
import { BoundedMap } from './bounded-map.ts';

/** How much may be spent. */
export type BucketRule = {
  /** Tokens that a full bucket holds. */
  readonly capacity: number;
  /** Time in which an empty bucket becomes full, in milliseconds. */
  readonly refillMs: number;
  /** Keys that are remembered; one that was forgotten begins with a full bucket. */
  readonly keysMax: number;
};

/** What became of an attempt to spend. */
export type Spending = {
  readonly isAllowed: boolean;
  readonly limit: number;
  /** Whole tokens left. */
  readonly remaining: number;
  /** Until the bucket is full again, in milliseconds. */
  readonly resetMs: number;
  /** Until the attempt would succeed, in milliseconds; 0 when it did. */
  readonly retryMs: number;
};

type Bucket = { tokens: number; countedAtMs: number };

/** A set of token buckets with one rule. Keys are numbers or texts. */
export class TokenBuckets {
  readonly #rule: BucketRule;
  readonly #buckets: BoundedMap<string | number, Bucket>;

  constructor(rule: BucketRule) {
    if (!(rule.capacity > 0) || !(rule.refillMs > 0)) {
      throw new RangeError(`a bucket needs a capacity and a refill time above zero, not ${rule.capacity} and ${rule.refillMs}`);
    }
    this.#rule = rule;
    this.#buckets = new BoundedMap(rule.keysMax);
  }

  /**
   * Spends tokens of a key if there are enough.
   *
   * @param key whose bucket
   * @param cost tokens, at most the capacity
   * @param nowMs a clock in milliseconds; going back in time refills nothing
   */
  spend(key: string | number, cost: number, nowMs: number): Spending {
    const bucket = this.#refill(key, nowMs);
    const isAllowed = bucket.tokens >= cost;
    if (isAllowed) bucket.tokens -= cost;
    return this.#report(bucket, cost, isAllowed);
  }

  /** Tells what {@link spend} would answer, and spends nothing. */
  look(key: string | number, cost: number, nowMs: number): Spending {
    const bucket = this.#refill(key, nowMs);
    return this.#report(bucket, cost, bucket.tokens >= cost);
  }

  /** Takes tokens whether there are enough or not, down to nothing: the price of a bad request that was already let in. */
  penalize(key: string | number, cost: number, nowMs: number): void {
    const bucket = this.#refill(key, nowMs);
    bucket.tokens = Math.max(0, bucket.tokens - cost);
  }

  get size(): number {
    return this.#buckets.size;
  }

  #refill(key: string | number, nowMs: number): Bucket {
    const known = this.#buckets.get(key);
    if (known === undefined) {
      const bucket = { tokens: this.#rule.capacity, countedAtMs: nowMs };
      this.#buckets.set(key, bucket);
      return bucket;
    }
    const elapsedMs = Math.max(0, nowMs - known.countedAtMs);
    known.tokens = Math.min(this.#rule.capacity, known.tokens + (elapsedMs * this.#rule.capacity) / this.#rule.refillMs);
    known.countedAtMs = nowMs;
    return known;
  }

  #report(bucket: Bucket, cost: number, isAllowed: boolean): Spending {
    const { capacity, refillMs } = this.#rule;
    const msPerToken = refillMs / capacity;
    return {
      isAllowed,
      limit: capacity,
      remaining: Math.floor(bucket.tokens),
      resetMs: Math.ceil((capacity - bucket.tokens) * msPerToken),
      retryMs: isAllowed ? 0 : Math.ceil((cost - bucket.tokens) * msPerToken),
    };
  }
}
