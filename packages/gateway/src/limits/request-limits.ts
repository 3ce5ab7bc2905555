/** Budgets of requests: by address before anybody is known, then by account, in lanes that do not take from each other. */
import { ApiError } from '../errors/api-error.ts';
import { type BucketRule, type Spending, TokenBuckets } from './token-buckets.ts';

/** Budgets of a known account (or of an address, for public routes): cancels and reduce-only orders never wait for the rest. */
export type Lane = 'general' | 'history' | 'priority';

/** A rule for every lane, and one for addresses. */
export type RequestRules = Readonly<Record<Lane, BucketRule>> & {
  /** Requests of one address before authentication, whoever they claim to be from. */
  readonly address: BucketRule;
  /** What a signature that fails costs its address, in requests. */
  readonly badSignatureCost: number;
};

const MINUTE_MS = 60_000;

/** The published budgets. */
export const REQUEST_RULES_DEFAULT: RequestRules = {
  general: { capacity: 2_000, refillMs: MINUTE_MS, keysMax: 50_000 },
  history: { capacity: 30, refillMs: MINUTE_MS, keysMax: 50_000 },
  priority: { capacity: 2_000, refillMs: MINUTE_MS, keysMax: 50_000 },
  address: { capacity: 12_000, refillMs: MINUTE_MS, keysMax: 50_000 },
  badSignatureCost: 20,
};

const LANE_WORDS: Readonly<Record<Lane, string>> = {
  general: 'requests',
  history: 'requests for historical market data',
  priority: 'cancels and reduce-only orders',
};

/** What the headers of an answer say about the budget. */
export type RateLimitHeaders = {
  readonly 'RateLimit-Limit': string;
  readonly 'RateLimit-Remaining': string;
  readonly 'RateLimit-Reset': string;
};

/** All budgets of one gateway. */
export class RequestLimits {
  readonly #rules: RequestRules;
  readonly #address: TokenBuckets;
  readonly #lanes: Readonly<Record<Lane, TokenBuckets>>;

  constructor(rules: RequestRules = REQUEST_RULES_DEFAULT) {
    this.#rules = rules;
    this.#address = new TokenBuckets(rules.address);
    this.#lanes = {
      general: new TokenBuckets(rules.general),
      history: new TokenBuckets(rules.history),
      priority: new TokenBuckets(rules.priority),
    };
  }

  /**
   * Counts a request of an address, before anything else is done for it.
   *
   * @returns null, or TOO_MANY_REQUESTS
   */
  admitAddress(address: string, nowMs: number): ApiError | null {
    const spending = this.#address.spend(address, 1, nowMs);
    return spending.isAllowed ? null : tooMany(spending, 'requests from this address', this.#rules.address.refillMs);
  }

  /** Charges an address for a signature that failed: checking one is the dearest thing that strangers can ask for. */
  chargeBadSignature(address: string, nowMs: number): void {
    this.#address.penalize(address, this.#rules.badSignatureCost, nowMs);
  }

  /**
   * Counts a request in a lane.
   *
   * @param owner account by its number, or address for public routes
   */
  spend(lane: Lane, owner: string | number, nowMs: number): Spending {
    return this.#lanes[lane].spend(owner, 1, nowMs);
  }

  /** Looks at a lane without counting, so that a flood is refused before its signatures are checked. */
  look(lane: Lane, owner: string | number, nowMs: number): Spending {
    return this.#lanes[lane].look(owner, 1, nowMs);
  }

  /** The refusal for a spending that was not allowed. @param owner - as in {@link spend} */
  refusal(lane: Lane, owner: string | number, spending: Spending): ApiError {
    const whose = typeof owner === 'number' ? 'account' : 'address';
    return tooMany(spending, `${LANE_WORDS[lane]} of this ${whose}`, this.#rules[lane].refillMs);
  }
}

/**
 * Writes the headers that tell a client its budget.
 *
 * @param spending what the request spent
 * @returns limit, what remains, and seconds until all is there again
 */
export function rateLimitHeaders(spending: Spending): RateLimitHeaders {
  return {
    'RateLimit-Limit': String(spending.limit),
    'RateLimit-Remaining': String(spending.remaining),
    'RateLimit-Reset': String(Math.ceil(spending.resetMs / 1_000)),
  };
}

function tooMany(spending: Spending, what: string, refillMs: number): ApiError {
  const retryAfterSeconds = Math.max(1, Math.ceil(spending.retryMs / 1_000));
  const message = `Too many ${what}: ${spending.limit} in ${refillMs / 1_000} s are allowed. Try again in ${retryAfterSeconds} s.`;
  return new ApiError('TOO_MANY_REQUESTS', message, { retryAfterSeconds });
}
