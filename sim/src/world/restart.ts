/** A venue that stops and goes on. */
import { commands } from '@mochila/protocol';
import type { SimVenue } from '../venue/sim-venue.ts';

/**
 * Stops the venue for some seconds and lets it go on as its runtime does: the note of the stop, at the time of the clock,
 * then one tick that stands for all seconds missed. Nothing that the sources say is there yet.
 */
export function restart(venue: SimVenue, seconds: number): void {
  const stoppedAtMicros = venue.state.timeMicros;
  const second = venue.state.tickSecond + seconds;
  venue.send(commands.resume, { stoppedAtMicros }, second * 1e6);
  venue.send(commands.tick, { second }, second * 1e6);
}
