/** The last words to a client of a connection that nobody serves any more. */
import type { Duplex } from 'node:stream';

/** Time that a client has to hear them, in milliseconds. */
const LINGER_MS = 1_000;

/**
 * Says the last words and closes, whatever the client does. What it still sends is read and thrown away for a moment: a connection
 * that closes with something unread is reset, and its last words are lost. One that never closes its side is not waited for.
 *
 * @param words a whole answer; none where all was said
 */
export function endSocket(socket: Duplex, words = ''): void {
  socket.end(words);
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(timer));
}
