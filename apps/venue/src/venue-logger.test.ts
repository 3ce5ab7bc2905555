import { describe, expect, it } from 'vitest';
import { createVenueLogger } from './venue-logger.ts';

function linesOf(level: string, say: (log: ReturnType<typeof createVenueLogger>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  say(createVenueLogger('gateway', level, { write: (line) => lines.push(line) }));
  return lines.map((line) => JSON.parse(line));
}

describe('the log', () => {
  it('is one JSON object a line, with time, level and part', () => {
    const [line] = linesOf('info', (log) => log.info('it is up'));
    expect(line).toEqual({ level: 'info', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/), name: 'gateway', msg: 'it is up' });
  });

  it.each([
    ['debug', 3],
    ['info', 2],
    ['warn', 1],
    ['silent', 0],
  ])('at %s says %i of three things', (level, count) => {
    const lines = linesOf(level, (log) => {
      log.debug('a');
      log.info('b');
      log.warn('c');
    });
    expect(lines).toHaveLength(count);
  });

  it('hides what signs for somebody', () => {
    const headers = { 'x-api-key': 'KEY', 'x-signature': 'SIGNATURE', authorization: 'WORD', host: 'h' };
    const lines = linesOf('info', (log) => {
      log.info({ headers }, 'one');
      log.info({ req: { headers } }, 'two');
      log.info({ ...headers }, 'three');
    });
    expect(lines).toHaveLength(3);
    expect(JSON.stringify(lines)).not.toMatch(/KEY|SIGNATURE|WORD/);
    expect(lines[0]).toMatchObject({ headers: { host: 'h' } });
  });
});
