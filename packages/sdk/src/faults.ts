/** What can go wrong, told to people: the venue refused, or it could not be reached. */

/** What the venue said when it refused. */
export type ApiFaultFacts = {
  /** Word for programs, such as `INSUFFICIENT_MARGIN`. */
  readonly code: string;
  /** Sentence for people. */
  readonly message: string;
  /** HTTP status. */
  readonly status: number;
  /** Method and path that were asked. */
  readonly route: string;
  /** Seconds after which trying again makes sense; null when the venue did not say. */
  readonly retryAfterSeconds: number | null;
};

/** The venue answered, and refused. */
export class ApiFault extends Error {
  override readonly name = 'ApiFault';
  readonly code: string;
  readonly status: number;
  readonly route: string;
  readonly retryAfterSeconds: number | null;

  constructor(facts: ApiFaultFacts) {
    super(facts.message);
    this.code = facts.code;
    this.status = facts.status;
    this.route = facts.route;
    this.retryAfterSeconds = facts.retryAfterSeconds;
  }
}

/** The venue did not answer, or not in a way that can be understood. For a write nobody knows yet whether it was carried out. */
export class NetworkFault extends Error {
  override readonly name = 'NetworkFault';
}

/** The client was used in a way that cannot work; says what to do. */
export class UsageFault extends Error {
  override readonly name = 'UsageFault';
}

/** The venue refused a frame of a stream connection. */
export class StreamFault extends Error {
  override readonly name = 'StreamFault';
  /** Code of the stream interface, such as 4006 for an unknown stream. */
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** What any thrown value says of itself, in one line. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && cause.message !== '' && !error.message.includes(cause.message)
    ? `${error.message} (${cause.message.trim().replaceAll(/\s+/g, ' ')})`
    : error.message;
}
