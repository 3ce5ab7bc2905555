/** Counts open connections, in all and by address. */

/** The most connections that may be open. */
export type ConnectionRule = { readonly total: number; readonly perAddress: number };

/** Why a connection is refused. */
export type ConnectionFault = 'total' | 'address';

/** Open connections by address. Memory follows the number of open connections. */
export class ConnectionLimits {
  readonly #rule: ConnectionRule;
  readonly #openByAddress = new Map<string, number>();
  #open = 0;

  constructor(rule: ConnectionRule) {
    this.#rule = rule;
  }

  get open(): number {
    return this.#open;
  }

  /**
   * Counts a new connection.
   *
   * @param address key of the address
   * @returns null when it may stay; call {@link release} once it closes. Otherwise why not, and nothing was counted
   */
  admit(address: string): ConnectionFault | null {
    const openHere = this.#openByAddress.get(address) ?? 0;
    if (this.#open >= this.#rule.total) return 'total';
    if (openHere >= this.#rule.perAddress) return 'address';
    this.#openByAddress.set(address, openHere + 1);
    this.#open += 1;
    return null;
  }

  /** Forgets a connection that was admitted. */
  release(address: string): void {
    const openHere = this.#openByAddress.get(address);
    if (openHere === undefined) return;
    if (openHere === 1) this.#openByAddress.delete(address);
    else this.#openByAddress.set(address, openHere - 1);
    this.#open -= 1;
  }
}
