/**
 * Port: who keeps the assets outside the venue, sees deposits become final and sends withdrawals.
 *
 * A custodian speaks to the engine through the link: it credits deposits (`creditDeposit`, idempotent by its reference)
 * and finishes withdrawals (`completeWithdrawal`). What it has not finished it finds again after a restart by asking
 * for the open withdrawals, so it needs no memory of its own.
 */

/** A deposit address: of one account on one blockchain, always the same. */
export interface DepositAddressAsk {
  /** AccountIx. */
  readonly account: number;
  readonly blockchain: string;
}

/** A deposit that somebody sent; real custodians see them by themselves. */
export interface IncomingDeposit {
  /** AccountIx. */
  readonly account: number;
  /** AssetIx. */
  readonly asset: number;
  readonly amountAtoms: number;
  readonly blockchain: string;
  /** Id of the deposit; the same is credited once. At most 100 characters. */
  readonly reference: string;
}

/** A custodian at work. */
export interface Custodian {
  /** Begins to watch withdrawals, those of before the start included. */
  start(): Promise<void>;
  /** Ends the work; withdrawals that are not finished stay pending. Stopping twice, or before the start, does nothing. */
  stop(): Promise<void>;
  /**
   * Address that an account's deposits on a blockchain go to.
   * @returns null when the custodian does not serve that blockchain.
   */
  depositAddress(ask: DepositAddressAsk): string | null;
}
