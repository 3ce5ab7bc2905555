/** Faults of a `Journal`: the world failed, and each says what to do about it. */

/** Where in a journal something is wrong. */
export interface JournalPosition {
  readonly file: string;
  /** Offset of the broken frame or header in `file`, in bytes. */
  readonly offset: number;
  /** Sequence that should have started there. */
  readonly seq: number;
}

/** Thrown when stored bytes are not what was written and it is not merely an unfinished end. */
export class JournalCorrupt extends Error {
  override readonly name = 'JournalCorrupt';
  readonly position: JournalPosition;
  readonly reason: string;
  readonly howToRecover: string;

  constructor(position: JournalPosition, reason: string, howToRecover: string) {
    super(`journal is corrupt in ${position.file} at byte ${position.offset} (sequence ${position.seq}): ${reason}. ${howToRecover}`);
    this.position = position;
    this.reason = reason;
    this.howToRecover = howToRecover;
  }
}

/** Thrown when there is no space for a frame; nothing of it remains, and appending it again may succeed. */
export class JournalFull extends Error {
  override readonly name = 'JournalFull';
  readonly file: string;

  constructor(file: string, cause: unknown) {
    super(`no space left to write ${file}; free some space or enlarge the volume, nothing acknowledged is lost`, { cause });
    this.file = file;
  }
}

/** Thrown when storage fails in a way that leaves unknown what is durable; the journal must be opened again. */
export class JournalIoFault extends Error {
  override readonly name = 'JournalIoFault';
  readonly operation: string;
  readonly file: string;

  constructor(operation: string, file: string, cause: unknown) {
    super(`${operation} of ${file} failed (${describeCause(cause)}); the journal takes nothing more until it is opened again`, { cause });
    this.operation = operation;
    this.file = file;
  }
}

/** Thrown when another process (or another journal in this one) holds the journal for writing. */
export class JournalLocked extends Error {
  override readonly name = 'JournalLocked';
  readonly file: string;
  readonly pid: number;

  constructor(file: string, pid: number) {
    super(`the journal is in use by process ${pid} (${file}); stop that process first, or use another data directory`);
    this.file = file;
    this.pid = pid;
  }
}

/** Thrown when the journal was written by another venue or by an unknown version of the format. */
export class JournalMismatch extends Error {
  override readonly name = 'JournalMismatch';
}

/** Says what went wrong in a few words, whatever was thrown. */
function describeCause(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
