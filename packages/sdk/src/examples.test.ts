import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startVenueProcess, type VenueProcess } from '@mochila/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { seedBooks } from './testing/seed-books.ts';

const EXAMPLES = new URL('../examples/', import.meta.url);
const ACTIONS = new URL('./actions/', import.meta.url);
const LIMIT_MS = 60_000;

let venue: VenueProcess;
beforeAll(async () => {
  venue = await startVenueProcess();
  await seedBooks(venue.url);
  vi.stubEnv('MOCHILA_URL', venue.url);
  vi.stubEnv('MOCHILA_KEY', undefined);
}, 90_000);
afterAll(() => {
  vi.unstubAllEnvs();
  return venue?.stop();
});

const filesOf = (folder: URL): string[] => readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));

/** Runs a program as a reader would. @param enough what is to be read before ctrl-c is pressed; without it, the program ends by itself */
function run(file: string, enough?: RegExp): Promise<{ code: number | null; output: string }> {
  const path = fileURLToPath(new URL(file, EXAMPLES));
  return new Promise((resolve, reject) => {
    const { MOCHILA_KEY: _own, ...environment } = process.env;
    const child = spawn(process.execPath, [path], { env: { ...environment, MOCHILA_URL: venue.url } });
    let output = '';
    let isInterrupted = false;
    const hear = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
      if (isInterrupted || enough?.test(output) !== true) return;
      isInterrupted = true;
      child.kill('SIGINT');
    };
    for (const stream of [child.stdout, child.stderr]) stream.on('data', hear);
    const end = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(end);
      resolve({ code, output });
    });
  });
}

describe('the examples', () => {
  it('are there for every action', () => {
    expect(filesOf(new URL('actions/', EXAMPLES))).toEqual(filesOf(ACTIONS));
  });

  // A process of its own for each would take a minute: they run in this one, as modules.
  it.each(filesOf(new URL('actions/', EXAMPLES)))('actions/%s runs against a venue', async (file) => {
    const said = vi.spyOn(console, 'log').mockReturnValue();
    await import(fileURLToPath(new URL(`actions/${file}`, EXAMPLES)));
    expect(said).toHaveBeenCalled();
  });

  it('run as programs too', async () => {
    expect(await run('actions/place-order.ts')).toMatchObject({ code: 0, output: expect.stringMatching(/^\d+ New/) });
  });

  it.each(filesOf(new URL('streams/', EXAMPLES)))('streams/%s runs against a venue', async (file) => {
    const { code, output } = await run(`streams/${file}`);
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).not.toBe('');
  });
});

describe('the bots', () => {
  const bots = filesOf(new URL('bots/', EXAMPLES));

  it.each(bots)('bots/%s has less than a hundred lines', (file) => {
    expect(readFileSync(new URL(`bots/${file}`, EXAMPLES), 'utf8').split('\n').length).toBeLessThan(100);
  });

  it.each([
    ['market-maker.ts', /Bid [\d.]+ {2}Ask [\d.]+/, /cancelled 2/],
    ['funding-arbitrage.ts', /opened [\d.]+ SOL: spot and perpetual[\s\S]*a year, open/, /a year, open/],
    ['stop-loss-guard.ts', /0 positions/, /stopped/],
  ])('bots/%s trades until ctrl-c', async (file, enough, said) => {
    const { code, output } = await run(`bots/${file}`, enough);
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringMatching(enough) });
    expect(output).toMatch(said);
    expect(output).not.toContain('later:');
  });
});
