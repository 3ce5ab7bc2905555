/** Lines of a file, plain or gzip, a chunk at a time: memory holds one chunk whatever the size of the file. */
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ReplayFault } from './price-row.ts';

/** Longer than any line of a known format; a file without line ends is none of them. */
const LINE_LENGTH_MAX = 65_536;

/** Gives the lines of each chunk, without their ends. @throws ReplayFault when the file cannot be read or is cut */
export async function* readLines(path: string): AsyncGenerator<readonly string[], void, void> {
  if (/\.zip$/i.test(path)) throw new ReplayFault(`${path} is a zip archive: unpack it and give the .csv in it`);
  let rest = '';
  const { stream, close } = openText(path);
  try {
    for await (const chunk of stream) {
      const lines = `${rest}${String(chunk)}`.split('\n');
      rest = lines.pop() ?? '';
      // Only the first line of a chunk and what is left of it can be longer than the chunk.
      if (Math.max(rest.length, lines[0]?.length ?? 0) > LINE_LENGTH_MAX)
        throw new ReplayFault(`${path} has a line of more than ${LINE_LENGTH_MAX} characters: it is no CSV file`);
      yield lines.map(withoutEnd);
    }
  } catch (cause) {
    if (cause instanceof ReplayFault) throw cause;
    throw new ReplayFault(`${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  } finally {
    close();
  }
  if (rest !== '') yield [withoutEnd(rest)];
}

function withoutEnd(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

function openText(path: string): { stream: Readable; close: () => void } {
  const file = createReadStream(path);
  if (!/\.gz$/i.test(path)) return { stream: file.setEncoding('utf8'), close: () => file.destroy() };
  const text = createGunzip().setEncoding('utf8');
  file.on('error', (error) => text.destroy(error));
  file.pipe(text);
  const close = (): void => {
    file.destroy();
    text.destroy();
  };
  return { stream: text, close };
}
