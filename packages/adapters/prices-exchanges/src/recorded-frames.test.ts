/** The recorded frames of every exchange: read one by one, and served over a stream on this machine at the times they were heard. */
import { describe, expect, it } from 'vitest';
import { EXCHANGE_NAMES, READERS } from './exchanges.ts';
import { describeSession } from './testing/describe-session.ts';
import { lineOf } from './testing/line-of.ts';
import { RECORDED_SESSIONS } from './testing/recorded-sessions.ts';

it('come from every exchange', () => {
  expect([...new Set(RECORDED_SESSIONS.map(({ exchange }) => exchange))].sort()).toEqual([...EXCHANGE_NAMES].sort());
});

describe.each(RECORDED_SESSIONS)('$name', ({ exchange, frames, said }) => {
  it('is read as it was sent', () => {
    expect(frames.map(({ text }) => lineOf(READERS[exchange].read(text), 0))).toEqual(said);
  });
});

for (const session of RECORDED_SESSIONS) describeSession(session);
