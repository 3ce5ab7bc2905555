/** The whole terminal for one picture that changes; what was there before comes back at the end. */

const ENTER = '\x1b[?1049h\x1b[?25l\x1b[2J';
const LEAVE = '\x1b[?25h\x1b[?1049l';
const HOME = '\x1b[H';
const CLEAR_LINE = '\x1b[K';
const CLEAR_BELOW = '\x1b[J';

/** Some terminals do not say how high they are, or say 0. */
const ROWS_UNKNOWN = 24;

/** A screen. */
export type Screen = { readonly draw: (picture: string) => void; readonly close: () => void };

/** Rows of a terminal, some number when it says none. */
export function rowsOf({ rows }: { readonly rows: number }): number {
  return rows || ROWS_UNKNOWN;
}

/** Takes the terminal over. */
export function openScreen(out: Pick<NodeJS.WriteStream, 'write' | 'rows'>): Screen {
  let isOpen = true;
  const close = (): void => {
    if (isOpen) out.write(LEAVE);
    isOpen = false;
  };
  out.write(ENTER);
  // Whatever ends the program, the terminal is given back.
  process.once('exit', close);
  return {
    // Lines are overwritten one by one and only their rest is cleared, so nothing flickers.
    draw: (picture) => {
      if (!isOpen) return;
      const lines = picture.split('\n').slice(0, Math.max(1, rowsOf(out) - 1));
      out.write(`${HOME}${lines.map((line) => `${line}${CLEAR_LINE}`).join('\r\n')}${CLEAR_BELOW}`);
    },
    close: () => {
      process.off('exit', close);
      close();
    },
  };
}
