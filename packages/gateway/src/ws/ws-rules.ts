/** Bounds of the WebSocket side. */
import type { ConnectionRule } from '../limits/connection-limits.ts';
import type { BucketRule } from '../limits/token-buckets.ts';
import type { StreamPeriods } from './stream-kind.ts';

/** What one socket may do, and how long things may take. */
export type WsRules = {
  readonly connections: ConnectionRule;
  /** Whether the address is taken from X-Forwarded-For: only behind a proxy of one's own. */
  readonly isBehindProxy: boolean;
  readonly streamsMax: number;
  /** Frames that one socket may send; a frame costs 1 and a token for every 100 names. */
  readonly frames: Omit<BucketRule, 'keysMax'>;
  /** Refused frames after which the socket is closed. */
  readonly refusedFramesMax: number;
  readonly frameBytesMax: number;
  /** Unread bytes from which conflated streams send only their latest frame. */
  readonly slowBytes: number;
  /** Unread bytes at which a socket is closed. */
  readonly unreadBytesMax: number;
  /** Unread bytes of all sockets together, at which those with most are closed. */
  readonly unreadBytesTotalMax: number;
  /** Frames from this size on are compressed for those who asked for it. */
  readonly compressedBytesMin: number;
  readonly pingEveryMs: number;
  readonly pongWithinMs: number;
  /** How often sockets are looked after. */
  readonly sweepMs: number;
  /** How long a socket that is being closed may take. */
  readonly closeGraceMs: number;
  /** Time that all sockets have to say goodbye when the venue ends. */
  readonly finishMsMax: number;
  readonly periods: StreamPeriods;
  readonly accounts: AccountLogRules;
};

/** What is kept of accounts for those who resume. */
export type AccountLogRules = {
  /** Updates kept for an account. */
  readonly updatesMax: number;
  /** Accounts kept that nobody listens to. */
  readonly idleAccountsMax: number;
  /** How long they are kept. */
  readonly idleMs: number;
};

const MINUTE_MS = 60_000;
const MIB = 1024 * 1024;

/** Bounds that suit a venue with the published interface. */
export const WS_RULES_DEFAULT: WsRules = {
  connections: { total: 10_000, perAddress: 500 },
  isBehindProxy: false,
  streamsMax: 4_096,
  frames: { capacity: 1_200, refillMs: MINUTE_MS },
  refusedFramesMax: 500,
  frameBytesMax: 128 * 1024,
  slowBytes: 256 * 1024,
  unreadBytesMax: 8 * MIB,
  unreadBytesTotalMax: 512 * MIB,
  compressedBytesMin: 1_024,
  pingEveryMs: MINUTE_MS,
  pongWithinMs: 2 * MINUTE_MS,
  sweepMs: 1_000,
  closeGraceMs: 30_000,
  finishMsMax: 2_000,
  periods: { secondMs: 1_000, openInterestMs: MINUTE_MS },
  accounts: { updatesMax: 1_000, idleAccountsMax: 500, idleMs: 10 * MINUTE_MS },
};
