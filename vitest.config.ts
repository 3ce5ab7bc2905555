import { defineConfig } from 'vitest/config';

/** Tests that start whole venues, databases or programs, or that measure: each wants a machine of its own. */
const WHOLE_PROCESSES = [
  'apps/venue/src/{whole-venue,ccxt,contract}/**/*.test.ts',
  'apps/venue/src/supervise-process.test.ts',
  'apps/cli/src/cli.test.ts',
  'packages/sdk/src/examples.test.ts',
  'packages/sdk/src/streams/streams.test.ts',
  'packages/runtime/src/crash.test.ts',
  'packages/runtime/src/venue/**/*.test.ts',
  'packages/adapters/journal-file/src/crash.test.ts',
  'packages/adapters/history-sql/src/postgres/**/*.test.ts',
  'bench/**/*.test.ts',
];

export default defineConfig({
  test: {
    allowOnly: false,
    restoreMocks: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['packages/**/*.test.ts', 'apps/**/*.test.ts', 'sim/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: ['**/node_modules/**', ...WHOLE_PROCESSES],
          sequence: { groupOrder: 0 },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          include: WHOLE_PROCESSES,
          // After all others, one file after the other: on a machine of two cores they would time each other out.
          sequence: { groupOrder: 1 },
          maxWorkers: 1,
          testTimeout: 240_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
