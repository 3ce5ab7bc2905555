/** The events of one command, for answers that its outcome has no room for. */
import type { EngineLink } from '@mochila/ports';
import type { CommandName, EngineEvent } from '@mochila/protocol';
import { commands } from '@mochila/protocol';

/** Events of the commands of one name, while they are being watched. */
export type CommandWatch = {
  /** The events of a command, by its sequence; none when it was not watched. */
  readonly eventsOf: (seq: number) => readonly EngineEvent[];
  readonly stop: () => void;
};

/**
 * Begins to watch. A link tells what happened in the same turn in which it answers, so the events of a command that is submitted while
 * watching are there when its outcome is.
 */
export function watchCommand(engine: EngineLink, name: CommandName): CommandWatch {
  const seen = new Map<number, readonly EngineEvent[]>();
  const { code } = commands[name];
  const stop = engine.follow((batch) => {
    if (batch.commandCode === code && batch.rejectCode === 0) seen.set(batch.seq, batch.events);
  });
  return { eventsOf: (seq) => seen.get(seq) ?? [], stop };
}
