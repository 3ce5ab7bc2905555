/**
 * How the edges talk to the one writer: offer a command, ask a live question, follow what happened.
 *
 * Implementations: `runtime` (rings to the core thread) and `runtime`'s inline link (the same engine in this thread,
 * for tests and simulation). Both pass the same conformance suite.
 */
import type { Answer, Ask, Command, EventBatch, EventName, Outcome, QueryName } from '@mochila/protocol';

/** What the writer says of itself. `refusing` means commands cannot be made durable now (a full disk); `halted` needs an operator. */
export type WriterStatus = 'starting' | 'running' | 'refusing' | 'halted' | 'stopped';

/** What an edge holds of the engine. */
export interface EngineLink {
  /**
   * Offers a command with the signed envelope that asked for it (empty for commands of the venue itself).
   *
   * @returns the outcome, once the command is durable. A full ring answers reject `busy`, a writer that cannot make
   *   commands durable answers `maintenance`, both at once; no answer within the limit answers `timeout`.
   */
  submit(command: Command, envelope: Uint8Array, options?: SubmitOptions): Promise<Outcome>;
  /**
   * Asks the engine about its present state; the answer leaves when that state is durable.
   * @throws LinkFault when there is no answer within the limit, and at once while the writer refuses: what it holds then
   *   is a little ahead of what is durable, and nobody is told.
   */
  ask<N extends QueryName>(name: N, ask: Ask<N>): Promise<Answer<N>>;
  /**
   * Follows every durable command from now on, in sequence, each once; whoever follows in the turn that opened the link
   * misses nothing. Only a link made for followers that must never hold up trading leaves gaps: the sequence shows them.
   * @param names - only batches with an event of one of these names are told, whole; all batches without it.
   * @returns how to stop.
   */
  follow(listener: (batch: EventBatch) => void, names?: readonly EventName[]): () => void;
  status(): WriterStatus;
}

/** How a command is offered. */
export interface SubmitOptions {
  /** Cancels and reduce-only orders have a lane of their own under load, which keeps the order of one account. */
  isPriority?: boolean;
}

/** The writer did not answer: it is stopping, halted or overloaded. */
export class LinkFault extends Error {
  override name = 'LinkFault';
}
