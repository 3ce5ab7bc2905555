/**
 * Counts answered requests and their times in plain arrays, and writes them for Prometheus when it asks. The library makes a
 * text of the labels for each count and of each bucket's bound: more than half a microsecond, twenty times as much.
 */

/** Upper bounds of the buckets, in seconds. */
const BOUNDS = [0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

const COUNT = 'mochila_http_requests_total';
const SECONDS = 'mochila_http_request_seconds';

type RouteFigures = {
  /** By method, then by status. */
  readonly counts: Map<string, Map<number, { value: number }>>;
  /** Requests in each bucket alone; the last is beyond all bounds. */
  readonly buckets: Float64Array;
  seconds: number;
};

/** The figures of one gateway; its routes are few. */
export class RequestFigures {
  readonly #routes = new Map<string, RouteFigures>();

  /** Counts an answered request. @param ms how long it took, in milliseconds */
  count(method: string, route: string, status: number, ms: number): void {
    const figures = entryOf(this.#routes, route, newRoute);
    entryOf(entryOf(figures.counts, method, newStatuses), status, newCount).value += 1;
    const seconds = ms / 1_000;
    figures.seconds += seconds;
    let bucket = 0;
    while (bucket < BOUNDS.length && seconds > (BOUNDS[bucket] ?? 0)) bucket += 1;
    figures.buckets[bucket] = (figures.buckets[bucket] ?? 0) + 1;
  }

  /** All of it in the text format of Prometheus. */
  text(): string {
    const counts = [...this.#routes].flatMap(([route, figures]) => countLines(route, figures));
    const times = [...this.#routes].flatMap(([route, figures]) => timeLines(route, figures));
    const head = (name: string, help: string, type: string): string[] => [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
    const lines = [
      ...head(COUNT, 'HTTP requests answered.', 'counter'),
      ...counts,
      '',
      ...head(SECONDS, 'Time from the arrival of a request to its answer.', 'histogram'),
      ...times,
    ];
    return `${lines.join('\n')}\n`;
  }
}

function countLines(route: string, { counts }: RouteFigures): string[] {
  return [...counts].flatMap(([method, statuses]) =>
    [...statuses].map(([status, { value }]) => `${COUNT}{method="${method}",route="${route}",status="${status}"} ${value}`),
  );
}

function timeLines(route: string, { buckets, seconds }: RouteFigures): string[] {
  let count = 0;
  const lines = [...buckets].map((value, at) => {
    count += value;
    return `${SECONDS}_bucket{le="${BOUNDS[at] ?? '+Inf'}",route="${route}"} ${count}`;
  });
  return [...lines, `${SECONDS}_sum{route="${route}"} ${seconds}`, `${SECONDS}_count{route="${route}"} ${count}`];
}

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function newRoute(): RouteFigures {
  return { counts: new Map(), buckets: new Float64Array(BOUNDS.length + 1), seconds: 0 };
}

function newStatuses(): Map<number, { value: number }> {
  return new Map();
}

function newCount(): { value: number } {
  return { value: 0 };
}
