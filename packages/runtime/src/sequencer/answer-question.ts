/** Live questions: the engine's answers, and what only the runtime can say. */

import { answerQuery, type State } from '@mochila/core';
import type { Answer, Ask, QueryName } from '@mochila/protocol';
import { stateHash } from '../recovery/state-hash.ts';

/**
 * Answers from the state as it is, changing nothing; the answer may share memory with the state.
 * @throws AssertionError for an index that names nothing
 */
export function answerQuestion<N extends QueryName>(state: State, name: N, ask: Ask<N>): Answer<N> {
  const answer = answerQuery(state, name, ask);
  if ('withHash' in ask && ask.withHash && isPlainObject(answer)) return { ...answer, stateHash: stateHash(state) };
  return answer;
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
