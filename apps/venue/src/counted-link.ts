/** A link to the engine that counts what the engine did not take. */
import type { EngineLink } from '@mochila/ports';
import { rejects } from '@mochila/protocol';

/** Called for each command or question that was not answered. */
export type RefusalListener = (what: 'busy' | 'maintenance' | 'timeout' | 'question') => void;

const WORDS: ReadonlyMap<number, 'busy' | 'maintenance' | 'timeout'> = new Map([
  [rejects.busy.code, 'busy'],
  [rejects.maintenance.code, 'maintenance'],
  [rejects.timeout.code, 'timeout'],
]);

/** Wraps a link. @param onRefusal told of a full ring, a writer that takes nothing, an answer that did not come */
export function countRefusals(link: EngineLink, onRefusal: RefusalListener): EngineLink {
  return {
    submit: (command, envelope, options) =>
      link.submit(command, envelope, options).then((outcome) => {
        const word = outcome.reject === null ? undefined : WORDS.get(outcome.reject.code);
        if (word !== undefined) onRefusal(word);
        return outcome;
      }),
    ask: async (name, ask) => {
      try {
        return await link.ask(name, ask);
      } catch (error) {
        onRefusal('question');
        throw error;
      }
    },
    follow: (listener, names) => link.follow(listener, names),
    status: () => link.status(),
  };
}
