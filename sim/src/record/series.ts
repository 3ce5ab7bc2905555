/** Lines of a chart: values by second. */

/** One line. */
export interface Series {
  readonly name: string;
  readonly seconds: number[];
  readonly values: number[];
}

/** Lines by name, made when first written. */
export class SeriesBook {
  readonly #series = new Map<string, Series>();

  /** Adds a point; a value that is no number leaves a gap. */
  add(name: string, second: number, value: number): void {
    const series = this.#series.get(name) ?? { name, seconds: [], values: [] };
    this.#series.set(name, series);
    series.seconds.push(second);
    series.values.push(value);
  }

  /** The line of that name; an empty one when nothing was written. */
  of(name: string): Series {
    return this.#series.get(name) ?? { name, seconds: [], values: [] };
  }

  /** All lines, in the order they began. */
  all(): Series[] {
    return [...this.#series.values()];
  }
}
