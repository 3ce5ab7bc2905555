/** Rows of one file, in the order of time; lines that cannot be used are refused with their place. */
import { detectFormat, KNOWN_FORMATS } from './formats/detect-format.ts';
import { isRefusal, type LineReader, type LineReading, type PriceRow, type Refusal, type RefusedLine, ReplayFault } from './price-row.ts';
import { readLines } from './read-lines.ts';
import { createAssetReader, type ReplayFile } from './replay-file.ts';

/** How files are read. */
export interface ReadSettings {
  /** Symbols of the venue's assets. */
  readonly assets: readonly string[];
  /** How far behind the line before a line may be, microseconds, 0 or more; it is then played with that line. */
  readonly toleranceMicros: number;
  /** Told of every line that is left out. */
  readonly onRefused: (refused: RefusedLine) => void;
}

/** A file that begins with this many lines of nonsense is not read to its end. */
const REFUSED_FIRST_MAX = 10_000;

/** @throws ReplayFault when the file cannot be read, is of no known format, or has nothing usable */
export async function* readFileRows(file: ReplayFile, settings: ReadSettings): AsyncGenerator<PriceRow, void, void> {
  const reader = new FileReader(file, settings);
  for await (const lines of readLines(file.path)) {
    for (const text of lines) yield* reader.read(text);
  }
  reader.end();
}

class FileReader {
  readonly #file: ReplayFile;
  readonly #settings: ReadSettings;
  readonly #assetOf: (symbol: string | null) => string | null;
  #read: LineReader | null = null;
  #line = 0;
  #latestMicros = Number.NEGATIVE_INFINITY;
  #usedLines = 0;
  #refusedLines = 0;
  #firstRefused: Refusal | null = null;

  constructor(file: ReplayFile, settings: ReadSettings) {
    this.#file = file;
    this.#settings = settings;
    this.#assetOf = createAssetReader(file, settings.assets);
  }

  /** Rows of the next line; none when it is empty, the header, or refused. */
  read(text: string): readonly PriceRow[] {
    this.#line += 1;
    const fields = (this.#line === 1 ? text.replace(/^\uFEFF/, '') : text).split(',');
    if (text.trim() === '') return [];
    if (this.#read === null) {
      const format = detectFormat(fields);
      if (format === null) throw new ReplayFault(`${this.#file.path} is of no known format: there are ${KNOWN_FORMATS}`);
      this.#read = format.read;
      if (format.isHeader) return [];
    }
    const reading = this.#read(fields);
    const rows = isRefusal(reading) ? reading : this.#rowsOf(reading);
    if (!('rule' in rows)) {
      this.#usedLines += 1;
      return rows;
    }
    this.#refuse(rows);
    return [];
  }

  /** @throws ReplayFault when no line was usable */
  end(): void {
    if (this.#usedLines > 0) return;
    const { path } = this.#file;
    if (this.#firstRefused === null) throw new ReplayFault(`${path} has nothing usable: it is empty, or has no line after its heading`);
    const { value, rule } = this.#firstRefused;
    throw new ReplayFault(
      `${path} has nothing usable: ${this.#refusedLines} lines were refused, the first since "${value}" breaks the rule: ${rule}`,
    );
  }

  #rowsOf({ symbol, points }: LineReading): readonly PriceRow[] | Refusal {
    const { source, path } = this.#file;
    const asset = this.#assetOf(symbol);
    if (asset === null)
      return { value: symbol ?? path, rule: 'a symbol is of an asset of this venue, or is mapped to one with FILE=SOURCE:SYMBOL=ASSET' };
    const behind = this.#latestMicros - (points[0]?.atMicros ?? 0);
    if (behind > this.#settings.toleranceMicros) {
      return {
        value: `${behind / 1e6} s`,
        rule: `a line is at most ${this.#settings.toleranceMicros / 1e6} s behind the latest before it: sort the file by time`,
      };
    }
    return points.map((point) => {
      this.#latestMicros = Math.max(this.#latestMicros, point.atMicros);
      return { ...point, atMicros: this.#latestMicros, source, asset };
    });
  }

  #refuse(refusal: Refusal): void {
    this.#refusedLines += 1;
    this.#firstRefused ??= refusal;
    this.#settings.onRefused({ file: this.#file.path, line: this.#line, ...refusal });
    if (this.#usedLines === 0 && this.#refusedLines >= REFUSED_FIRST_MAX) this.end();
  }
}
