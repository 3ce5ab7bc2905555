/**
 * The reference bots as a process of their own: started by a sandbox, or by hand against any.
 *
 * Environment: `MOCHILA_URL` (where the venue is), `MOCHILA_MAKERS_SEED` (any text: the same one finds its accounts again),
 * `MOCHILA_SPEED` (venue seconds in one real second). It ends on SIGTERM, on SIGINT, or when its parent is gone.
 */
import type { Bot } from './bot.ts';
import { createBots } from './create-bots.ts';
import { quieten, runBots } from './run-bots.ts';
import { createSdkExchangeClient } from './sdk-exchange-client.ts';

const DEFAULT_URL = 'http://127.0.0.1:7400';
const TRIES_MAX = 20;
const TRY_AGAIN_MS = 500;

const url = process.env['MOCHILA_URL'] ?? DEFAULT_URL;
const seed = process.env['MOCHILA_MAKERS_SEED'] ?? '1';
const speed = Number(process.env['MOCHILA_SPEED'] ?? 1);
if (!(speed > 0)) throw new RangeError(`MOCHILA_SPEED is a number above 0, not "${process.env['MOCHILA_SPEED']}"`);

const report = quieten((message) => {
  // Markets pause, after a restart above all, and open again: no news for a person.
  if (!message.includes(': TRADING_PAUSED: ')) process.stderr.write(`makers: ${message}\n`);
}, Date.now);
const bots = await createBotsPatiently();
const stop = runBots(bots, { speed, onReport: report });

let isEnding = false;
const end = (): void => {
  if (isEnding) return;
  isEnding = true;
  stop().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`makers: ${String(error)}\n`);
      process.exit(1);
    },
  );
};
process.on('SIGTERM', end);
process.on('SIGINT', end);
process.on('disconnect', end);

/** The venue may still be starting; when it does not come, the process ends and whoever started it decides. */
async function createBotsPatiently(): Promise<Bot[]> {
  const connect = (secret: string) => createSdkExchangeClient({ url, secret, onFault: report });
  for (let tries = 1; ; tries += 1) {
    try {
      return await createBots({ seed, speed, connect, report, nowMs: Date.now });
    } catch (error) {
      if (tries >= TRIES_MAX) throw error;
      report(`${url}: ${error instanceof Error ? error.message : String(error)}`);
      await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
    }
  }
}
