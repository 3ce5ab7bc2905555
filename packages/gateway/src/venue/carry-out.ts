/** Sending a user's command to the engine, and its refusal back in words. */
import type { SubmitOptions } from '@mochila/ports';
import type { Command, Outcome, UserHeader } from '@mochila/protocol';
import { envelopeOf } from '../auth/signed-request.ts';
import type { Caller, RequestContext } from '../rest/route.ts';
import { userHeader } from '../rest/user-header.ts';
import { explainReject, type RejectSubject } from './explain-reject.ts';

/** A request of somebody known. */
export type CallerContext = Pick<RequestContext, 'services'> & { readonly caller: Caller };

/** What the engine is asked to do, and what it is about, for the words of a refusal. */
export type Act = { readonly command: Command; readonly about: RejectSubject } & SubmitOptions;

const PRIORITY: SubmitOptions = { isPriority: true };
const ORDINARY: SubmitOptions = {};

/** The header of a caller's command, in the venue's time. @param position - position of the order in its batch. */
export function headerOf({ caller, services }: CallerContext, position = 0): UserHeader {
  return userHeader(caller, services.toVenueMs, position);
}

/**
 * Has a command carried out.
 *
 * @returns its outcome, which is no reject
 * @throws (rejects) ApiError that says in symbols and decimals why it was refused
 */
export function carryOut(context: CallerContext, act: Act): Promise<Outcome> {
  return carryOutAs(context, act, (outcome) => outcome);
}

/**
 * Has a command carried out whose outcome is answered at once: one promise less than {@link carryOut} and a step behind it.
 *
 * @param answerOf makes the answer of the outcome, which is no reject
 * @throws (rejects) ApiError as {@link carryOut} does, and what `answerOf` throws
 */
export function carryOutAs<Answer>(context: CallerContext, act: Act, answerOf: (outcome: Outcome) => Answer): Promise<Answer> {
  const { command, about, isPriority } = act;
  const { services, caller } = context;
  return services.engine.submit(command, envelopeOf(caller.request), isPriority === true ? PRIORITY : ORDINARY).then((outcome) => {
    if (outcome.reject !== null) throw explainReject(outcome.reject, about);
    return answerOf(outcome);
  });
}
