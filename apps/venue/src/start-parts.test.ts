import { anchorClock, createInlineLink } from '@mochila/runtime';
import { createSimulatedClock } from '@mochila/testkit';
import { expect, it, vi } from 'vitest';
import { buildGenesis } from './configuration/build-genesis.ts';
import { defaultConfiguration } from './configuration/configuration.ts';
import { readOptions } from './options.ts';
import { startFeeds } from './start-parts.ts';
import { createVenueLogger } from './venue-logger.ts';

const FAST = 60;
const WATCHED_MS = 500;

it('a start of feeds that fails leaves no prices flowing, so that the process can end', async () => {
  const configuration = defaultConfiguration();
  const genesis = buildGenesis(configuration, { venueId: 'v', seed: 1, sandbox: true, createdAtMicros: Date.now() * 1_000 });
  const link = createInlineLink({ genesis, clock: createSimulatedClock(genesis.createdAtMicros) });
  const submitted = vi.spyOn(link, 'submit');
  vi.spyOn(link, 'ask').mockRejectedValue(new Error('the engine is halted'));
  const options = readOptions(['--speed', String(FAST)], {});
  const clockSettings = anchorClock(FAST, genesis.createdAtMicros);
  const log = createVenueLogger('venue', 'silent');
  await expect(startFeeds({ link, genesis, options, configuration, clockSettings, log })).rejects.toThrow('the engine is halted');
  const before = submitted.mock.calls.length;
  await new Promise((resolve) => setTimeout(resolve, WATCHED_MS));
  expect(submitted.mock.calls.length).toBe(before);
  link.close();
});
