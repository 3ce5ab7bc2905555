/** What a command did, as its sender sees it. */
import type { EngineEvent } from './events.ts';
import type { Reject } from './reject.ts';

/** Answer to one command. It leaves only when the command is durable. */
export interface Outcome {
  seq: number;
  timeMicros: number;
  /** null when the command was carried out. */
  reject: Reject | null;
  /**
   * Numbers of the result, by command: placeOrder and cancelOrder an OrderView in field order; createSubaccount
   * [account]; createKey [key, generation]; registerUser [user, account, key, generation]; requestWithdrawal
   * [withdrawal, status, releaseAtMicros]; executeBorrowLend [quantityAtoms]; convertDust [conversion, usdcAtoms];
   * useFaucet [quantityAtoms].
   */
  result: number[];
  /** True when this is the stored first answer to an idempotency key that came again. */
  isRepeated: boolean;
}

/** All that one command caused, in the one order of the venue. */
export interface EventBatch {
  seq: number;
  timeMicros: number;
  commandCode: number;
  rejectCode: number;
  events: EngineEvent[];
}
