/** Thrown when what is stored cannot be brought back to a state; the message says what to do. */
export class RecoveryFault extends Error {
  override readonly name = 'RecoveryFault';
}
