/** The updates of one account: the last of them for those who resume, and the streams of those who listen. */
import { Channel, encodeFrame } from './channel.ts';

/** Private kinds of streams. */
export type AccountStreamName =
  | 'account.orderUpdate'
  | 'account.positionUpdate'
  | 'account.balanceUpdate'
  | 'account.rfqUpdate'
  | 'account.receiptUpdate';

/** An update, its payload encoded. */
interface Entry {
  readonly seq: number;
  readonly stream: AccountStreamName;
  /** Symbol of the market; null when it is of none. */
  readonly symbol: string | null;
  readonly json: string;
}

/** Updates of one command that have a number of their own; the rest share the last. */
const UPDATES_PER_COMMAND = 4_096;

/** The smallest number above those of all updates up to a command. */
export function seqAfterCommand(commandSeq: number): number {
  return commandSeq * UPDATES_PER_COMMAND + UPDATES_PER_COMMAND - 1;
}

/**
 * Log of one account. Numbers follow from the command's sequence and the place among its updates of this account: every
 * gateway gives the same, before and after a restart.
 */
export class AccountLog {
  readonly account: number;
  /** Leverage limit of the account; null until it is known. */
  leverageLimit: number | null = null;
  /** When its last stream ended; 0 while somebody listens. */
  idleSinceMs = 0;
  readonly #entriesMax: number;
  readonly #entries: Entry[] = [];
  readonly #channels = new Map<string, Channel>();
  #coveredFrom: number;
  #commandSeq = 0;
  #placeInCommand = 0;

  /** @param commandSeq last command whose updates this log did not see */
  constructor(account: number, commandSeq: number, entriesMax: number) {
    this.account = account;
    this.#coveredFrom = seqAfterCommand(commandSeq);
    this.#entriesMax = entriesMax;
  }

  /** Number of the last update, or that from which on updates are known. */
  get lastSeq(): number {
    return this.#entries.at(-1)?.seq ?? this.#coveredFrom;
  }

  get isListenedTo(): boolean {
    for (const channel of this.#channels.values()) if (channel.size > 0) return true;
    return false;
  }

  /** The stream of a name. */
  channel(name: string): Channel {
    const known = this.#channels.get(name);
    if (known !== undefined) return known;
    const channel = new Channel(name);
    this.#channels.set(name, channel);
    return channel;
  }

  /** Number of the next update of a command. */
  nextSeq(commandSeq: number): number {
    if (commandSeq !== this.#commandSeq) {
      this.#commandSeq = commandSeq;
      this.#placeInCommand = 0;
    }
    const place = Math.min(this.#placeInCommand, UPDATES_PER_COMMAND - 1);
    this.#placeInCommand += 1;
    return commandSeq * UPDATES_PER_COMMAND + place;
  }

  /** Keeps an update and sends it. */
  add(stream: AccountStreamName, symbol: string | null, data: { readonly seq: number }): void {
    const json = JSON.stringify(data);
    this.#entries.push({ seq: data.seq, stream, symbol, json });
    if (this.#entries.length > this.#entriesMax) this.#coveredFrom = this.#entries.shift()?.seq ?? this.#coveredFrom;
    this.#send(stream, json);
    if (symbol !== null) this.#send(`${stream}.${symbol}`, json);
  }

  /**
   * Frames of some streams that came after an update.
   *
   * @returns null when some of them are not kept any more, or the number is none of ours
   */
  framesAfter(seq: number, names: readonly string[]): Buffer[] | null {
    if (seq < this.#coveredFrom) return null;
    const frames: Buffer[] = [];
    for (const entry of this.#entries) {
      if (entry.seq <= seq) continue;
      for (const name of names) if (isOf(entry, name)) frames.push(encodeFrame(name, entry.json));
    }
    return frames;
  }

  #send(name: string, json: string): void {
    const channel = this.#channels.get(name);
    if (channel !== undefined && channel.size > 0) channel.send(encodeFrame(name, json));
  }
}

function isOf({ stream, symbol }: Entry, name: string): boolean {
  return name === stream || (symbol !== null && name === `${stream}.${symbol}`);
}
