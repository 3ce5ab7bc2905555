/** A command cannot be carried out as it was given. */

/** Says which value, and what to do. */
export class CliFault extends Error {
  override readonly name = 'CliFault';
  readonly exitCode: number;

  constructor(message: string, exitCode = 2) {
    super(message);
    this.exitCode = exitCode;
  }
}
