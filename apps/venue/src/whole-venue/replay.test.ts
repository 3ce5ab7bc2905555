/** Recorded prices in a whole venue: the index and, through the makers, the books follow what was recorded. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Client, createClient, depth, explainMark, markPrices } from '@mochila/sdk';
import { afterEach, describe, expect, it } from 'vitest';
import { endAll, eventually, newDirectory, runToFailure, runVenue } from '../testing/venue-run.ts';

afterEach(endAll);

const SYMBOL = 'BTC_USDC_PERP';
const BEGIN_SECONDS = 1_760_130_600;
const [BEFORE, AFTER] = [100_000, 90_000];
/** The makers quote by then on any machine; the calm lasts ninety seconds at speed 4. */
const CALM_MS = 85_000;

/** Calm, then 10 % down within twenty seconds, then calm for long. */
function crashFile(calmSeconds: number, restSeconds: number): string {
  const path = join(newDirectory(), 'crash.csv');
  const rows = ['time,symbol,price'];
  for (let at = 0; at < calmSeconds + 20 + restSeconds; at += 1) {
    const fallen = Math.min(1, Math.max(0, (at - calmSeconds) / 20));
    rows.push(`${BEGIN_SECONDS + at},BTCUSDT,${(BEFORE + (AFTER - BEFORE) * fallen + (at % 3)).toFixed(1)}`);
  }
  writeFileSync(path, `${rows.join('\n')}\n`);
  return path;
}

async function bestOf(client: Client): Promise<{ bid: number; ask: number }> {
  const { bids, asks } = await depth(client, { symbol: SYMBOL });
  return { bid: Math.max(0, ...bids.map(([price]) => Number(price))), ask: Math.min(...asks.map(([price]) => Number(price))) };
}

describe('a replay', () => {
  it('moves the index, and the makers move the books after it: 10 % down is followed by best bid and ask', async () => {
    const file = crashFile(360, 2_400);
    const venue = await runVenue({ dataDirectory: newDirectory(), flags: ['--speed', '4', '--prices', 'replay', '--prices-file', file] });
    const client = createClient({ url: venue.url });
    const calm = await eventually(
      CALM_MS,
      () => bestOf(client),
      ({ bid, ask }) => bid > BEFORE * 0.99 && ask < BEFORE * 1.01,
    );
    expect(calm.bid).toBeLessThan(calm.ask);
    const [marked] = await eventually(
      120_000,
      () => markPrices(client, { symbol: SYMBOL }),
      (rows) => Number(rows[0]?.indexPrice) < AFTER * 1.001,
    );
    expect(Number(marked?.indexPrice)).toBeGreaterThan(AFTER * 0.999);
    const fallen = await eventually(
      120_000,
      () => bestOf(client),
      ({ bid, ask }) => bid > AFTER * 0.99 && bid < AFTER * 1.01 && ask > bid && ask < AFTER * 1.01,
    );
    expect(fallen.ask / calm.ask).toBeLessThan(0.92);
    const { sources } = await explainMark(client, { symbol: SYMBOL });
    expect(sources.map(({ source }) => source)).toEqual(['replay-copy-1', 'replay-copy-2', 'replay-copy-3']);
    expect(await venue.end()).toBe(0);
    expect(venue.stderr()).not.toMatch(/"level":"(error|fatal)"/);
  }, 360_000);

  it('that is over is said, with its refused lines, and leaves its markets with stale prices', async () => {
    const file = join(newDirectory(), 'short.csv');
    writeFileSync(file, `time,symbol,price\n${BEGIN_SECONDS},BTC,100000\n${BEGIN_SECONDS + 1},BTC,0\n${BEGIN_SECONDS + 30},BTC,100100\n`);
    const flags = ['--no-makers', '--speed', '20', '--prices', 'replay', '--prices-file', file];
    const venue = await runVenue({ dataDirectory: newDirectory(), flags });
    const client = createClient({ url: venue.url });
    const { grade } = await eventually(
      60_000,
      () => explainMark(client, { symbol: SYMBOL }),
      (explained) => explained.markPrice !== null && explained.grade === 'Stale',
    );
    expect(grade).toBe('Stale');
    // What it says comes another way than what it answers.
    const said = await eventually(
      60_000,
      async () => venue.stderr(),
      (text) => text.includes('the replay is over'),
    );
    expect(said).toContain(`${file}:3: \\"0\\" breaks the rule: a price is above 0`);
    expect(said).toMatch(/the replay is over: 2 prices from 2025-10-10T21:10:00.000Z to 2025-10-10T21:10:30.000Z, 1 lines refused/);
    expect(await venue.end()).toBe(0);
  });

  it('goes on in the venue that it began, and refuses one that listens to others or a file that cannot be played', async () => {
    const file = crashFile(0, 60);
    const replay = ['--no-makers', '--prices', 'replay', '--prices-file', file];
    const dataDirectory = newDirectory();
    const first = await runVenue({ dataDirectory, flags: replay });
    expect(await first.end()).toBe(0);
    const again = await runVenue({ dataDirectory, flags: replay });
    expect(await again.end()).toBe(0);
    const simulated = newDirectory();
    const other = await runVenue({ dataDirectory: simulated });
    expect(await other.end()).toBe(0);
    expect(await runToFailure({ dataDirectory: simulated, flags: replay })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('this venue listens to aurora, borealis'),
    });
    const missing = ['--prices', 'replay', '--prices-file', 'nowhere.csv'];
    expect(await runToFailure({ dataDirectory: newDirectory(), flags: missing })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('nowhere.csv cannot be read: ENOENT'),
    });
  }, 300_000);
});
