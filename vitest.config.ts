import { defineConfig } from 'vitest/config';

/** Tests that start whole venues, databases or programs: many at a time on a small machine would time each other out. */
const WHOLE_PROCESSES = [
  'apps/venue/src/{whole-venue,ccxt,contract}/**/*.test.ts',
  'apps/venue/src/supervise-process.test.ts',
  'apps/cli/src/cli.test.ts',
  'packages/sdk/src/{examples,in-browser,without-node}.test.ts',
  'packages/sdk/src/streams/streams.test.ts',
  'packages/runtime/src/crash.test.ts',
  'packages/runtime/src/venue/**/*.test.ts',
  'packages/adapters/journal-file/src/crash.test.ts',
  'packages/adapters/history-sql/src/postgres/**/*.test.ts',
];
/** Tests that measure: nothing runs beside them. */
const MEASURED = ['bench/**/*.test.ts'];
const PATIENT = { testTimeout: 240_000, hookTimeout: 180_000 };

export default defineConfig({
  test: {
    allowOnly: false,
    restoreMocks: true,
    // No test reads the world's prices by accident.
    env: { MOCHILA_LOOPBACK_ONLY: '1' },
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
          sequence: { groupOrder: 1 },
          maxWorkers: 2,
          ...PATIENT,
        },
      },
      {
        extends: true,
        test: { name: 'measured', include: MEASURED, sequence: { groupOrder: 2 }, maxWorkers: 1, ...PATIENT },
      },
    ],
  },
});
