import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startVenueProcess, type VenueProcess } from '@mochila/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';

const RUNNER = fileURLToPath(new URL('./testing/run-without-node.ts', import.meta.url));
const PAGE = fileURLToPath(new URL('./testing/web-page.ts', import.meta.url));
const LIMIT_MS = 120_000;

let venue: VenueProcess;
beforeAll(async () => {
  venue = await startVenueProcess();
});
afterAll(() => venue?.stop());

function runPage(): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--experimental-vm-modules', '--no-warnings', RUNNER, PAGE, venue.url]);
    const said = { out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString('utf8')));
    const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, ...said });
    });
  });
}

it('the SDK signs, trades and streams where there is nothing of Node, only what browsers have', async () => {
  const { code, out, err } = await runPage();
  expect(err).toBe('');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual({ usdc: '100000', status: 'New', orders: ['orderAccepted', 'orderCancelled'], names: [] });
});
