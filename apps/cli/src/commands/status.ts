/** `mochila status`. */
import { markets, settlements, status, time } from '@mochila/sdk';
import type { Command } from 'commander';
import { writeFacts } from '../output/table.ts';
import { sessionOf } from '../session.ts';

/** Adds the command. */
export function addStatus(program: Command): void {
  program
    .command('status')
    .description('show whether the venue works')
    .action(async (_flags: object, command: Command) => {
      const { open, write, paint, url } = sessionOf(command);
      const client = open();
      const askedMs = performance.now();
      const venueMs = await time(client);
      const answerMs = Math.round(performance.now() - askedMs);
      const [answer, listed, [last]] = await Promise.all([status(client), markets(client), settlements(client, { limit: 1 })]);
      const clockMs = venueMs - Date.now();
      const facts = { url, ...answer, answerMs, clockAheadMs: clockMs, markets: listed.length, lastSettlement: last ?? null };
      write(facts, () =>
        writeFacts(
          [
            ['venue', url],
            ['status', answer.status === 'Ok' ? paint.good('Ok') : paint.bad(answer.status)],
            ...(answer.message === null ? [] : [['remark', answer.message] as const]),
            ['answer', `${answerMs} ms; its clock is ${Math.abs(clockMs)} ms ${clockMs < 0 ? 'behind' : 'ahead'}`],
            ['markets', `${listed.length}, ${listed.filter(({ orderBookState }) => orderBookState === 'Open').length} open`],
            [
              'settlement',
              last === undefined
                ? 'none yet'
                : `epoch ${last.epoch} at ${last.timestamp.replace('T', ' ').slice(0, 19)} UTC, ${last.accounts} accounts`,
            ],
          ],
          paint,
        ),
      );
    });
}
