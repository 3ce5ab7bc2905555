/** Faults and bugs on their way from the thread that met them to the one that tells people. */

/** A fault as it crosses from one thread to another. */
export interface ThreadError {
  readonly name: string;
  readonly message: string;
  /** Of the fault, or of what caused it; empty for what was no error. */
  readonly stack: string;
}

/** Makes a thrown value fit to be posted. */
export function describeError(error: unknown): ThreadError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), stack: '' };
  const { name, message, cause } = error;
  return { name, message, stack: (cause instanceof Error ? cause.stack : error.stack) ?? '' };
}
