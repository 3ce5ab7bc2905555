/** Results as they are committed: a table for people and the same numbers for programs. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Figure, formatFigures, verdictOf } from './figures.ts';

/** Where and when a run took place. */
export interface Circumstances {
  readonly date: string;
  readonly machine: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly node: string;
  /** Load of the last minute before the run: other work on the machine costs us and the baseline alike, latencies most. */
  readonly loadBefore: number;
}

/** Asks the machine. */
export function lookAround(): Circumstances {
  const processors = os.cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    node: process.versions.node,
    loadBefore: os.loadavg()[0] ?? 0,
  };
}

/** Writes `<date>-<machine>.md` and `.json` into a directory. @returns the path without its ending. */
export function writeResults(directory: string, where: Circumstances, figures: readonly Figure[]): string {
  fs.mkdirSync(directory, { recursive: true });
  const slug = where.machine
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  const base = path.join(directory, `${where.date}-${slug}-${where.cores}-cores`);
  const about = `${where.machine}, ${where.cores} cores, ${where.memoryGiB} GiB, Node ${where.node}; load before the run ${where.loadBefore.toFixed(2)}`;
  fs.writeFileSync(`${base}.md`, `# Benchmarks of ${where.date}\n\n${about}. Ratios are within one run.\n\n${formatFigures(figures)}\n`);
  const numbers = figures.map((each) => ({ ...each, verdict: verdictOf(each) }));
  fs.writeFileSync(`${base}.json`, `${JSON.stringify({ ...where, figures: numbers }, null, 2)}\n`);
  return base;
}
