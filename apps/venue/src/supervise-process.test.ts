import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { superviseProcess } from './supervise-process.ts';
import { eventually, PATIENCE_MS } from './testing/venue-run.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'mochila-supervise-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** A program that notes its process and the time of its start. */
function program(rest: string): { module: URL; starts: () => { pid: number; atMs: number }[] } {
  const file = join(directory, 'child.mjs');
  const notes = join(directory, 'starts');
  writeFileSync(notes, '');
  writeFileSync(
    file,
    `import { appendFileSync } from 'node:fs';\nappendFileSync(process.env.NOTES, process.pid + ' ' + Date.now() + '\\n');\n${rest}`,
  );
  const starts = () =>
    readFileSync(notes, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => ({ pid: Number(line.split(' ')[0]), atMs: Number(line.split(' ')[1]) }));
  return { module: pathToFileURL(file), starts };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('a supervised process', () => {
  it('is started again each time it ends by itself, later every time', async () => {
    const { module, starts } = program('process.exit(3);');
    const ends: string[] = [];
    const environment = { NOTES: join(directory, 'starts') };
    const supervised = superviseProcess({ module, environment, onEnd: (description) => ends.push(description) });
    await eventually(
      PATIENCE_MS,
      async () => starts().length,
      (count) => count >= 3,
    );
    await supervised.stop();
    const [first = 0, second = 0, third = 0] = starts().map(({ atMs }) => atMs);
    expect(second - first).toBeGreaterThanOrEqual(500);
    expect(third - second).toBeGreaterThanOrEqual(1_000);
    expect(ends.slice(0, 2)).toEqual(['ended with code 3; starting again in 500 ms', 'ended with code 3; starting again in 1000 ms']);
    const count = starts().length;
    // Longer than the wait that was under way when it was stopped.
    await new Promise((resolve) => setTimeout(resolve, 2_200));
    expect(starts()).toHaveLength(count);
  });

  it('comes back after it was killed', async () => {
    const { module, starts } = program('setInterval(() => undefined, 1_000);');
    const ends: string[] = [];
    const environment = { NOTES: join(directory, 'starts') };
    const supervised = superviseProcess({ module, environment, onEnd: (description) => ends.push(description) });
    const [first] = await eventually(
      PATIENCE_MS,
      async () => starts(),
      (found) => found.length === 1,
    );
    process.kill(first?.pid ?? 0, 'SIGKILL');
    const [, second] = await eventually(
      PATIENCE_MS,
      async () => starts(),
      (found) => found.length === 2,
    );
    expect(ends).toEqual(['ended with SIGKILL; starting again in 500 ms']);
    await supervised.stop();
    expect(isAlive(second?.pid ?? 0)).toBe(false);
  });

  it('is killed when it does not end on request', async () => {
    const { module, starts } = program("process.on('SIGTERM', () => undefined); setInterval(() => undefined, 1_000);");
    const supervised = superviseProcess({ module, environment: { NOTES: join(directory, 'starts') }, onEnd: () => undefined });
    const [first] = await eventually(
      PATIENCE_MS,
      async () => starts(),
      (found) => found.length === 1,
    );
    await supervised.stop();
    expect(isAlive(first?.pid ?? 0)).toBe(false);
  });
});
