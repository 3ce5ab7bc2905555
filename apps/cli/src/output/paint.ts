/** Colours, only for people who see them. */

/** Colours of the terminal. */
export type Paint = {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly strong: (text: string) => string;
};

/** What decides about colours. */
export type PaintFacts = { readonly isTerminal: boolean; readonly environment: Readonly<Record<string, string | undefined>> };

const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[a-zA-Z]`, 'g');

/** Makes the colours: none when the output is no terminal or NO_COLOR is set. */
export function createPaint({ isTerminal, environment }: PaintFacts): Paint {
  const isOn = isTerminal && !environment['NO_COLOR'] && environment['TERM'] !== 'dumb';
  const wrap = (code: number, end: number) => (text: string) => (isOn && text !== '' ? `\x1b[${code}m${text}\x1b[${end}m` : text);
  return { good: wrap(32, 39), bad: wrap(31, 39), faint: wrap(2, 22), strong: wrap(1, 22) };
}

/** The text as it is seen, without escapes. */
export function visible(text: string): string {
  return text.replace(ESCAPES, '');
}
