/** What holds for every session of frames, written from documents or recorded: its prices, and that no repetition, disorder, loss or lie changes them. */
import { afterEach, describe, expect, it } from 'vitest';
import type { TakenPrice } from '../exchange-feed.ts';
import { type FrameSession, type HeardFrame, SessionFeed } from './frame-session.ts';
import { framesOf } from './make-frame.ts';

/** Prices that are none, and a bid above its ask; without a last of its own the true one is said. */
const ABSURD: readonly Absurd[] = [
  { bid: '0', ask: '0', last: '0' },
  { bid: '-1', ask: '1', last: '0' },
  { bid: '1.5', ask: '1.25' },
  { bid: '10000000000000', ask: '10000000000001', last: '10000000000000' },
];

type Absurd = { readonly bid: string; readonly ask: string; readonly last?: string };

/** Declares the cases of a session. */
export function describeSession(session: FrameSession): void {
  const { name, frames } = session;
  const endMs = Math.max(...frames.map(({ atMs }) => atMs));
  const atTheEnd = frames.map(({ text }): HeardFrame => ({ text, atMs: endMs }));
  let feed: SessionFeed | null = null;
  const hear = async (heard: readonly HeardFrame[]): Promise<SessionFeed> => {
    feed = await SessionFeed.open({ ...session, frames: heard });
    await feed.hear(heard);
    return feed;
  };
  afterEach(async () => feed?.close());

  describe(`the frames of ${name}`, () => {
    it('make its prices', async () => {
      const heard = await hear(frames);
      expectPrices(heard.drain(), session);
      const { errors, taken, refused } = heard.figures();
      const { repeated, past, ...others } = refused;
      expect({ errors, taken, repeated, past }).toEqual({
        errors: session.errors,
        taken: session.taken,
        repeated: session.repeated,
        past: session.past,
      });
      expect(Object.values(others)).toEqual(Object.values(others).map(() => 0));
    });

    it('make no more when each is heard three times', async () => {
      const heard = await hear(frames.flatMap((frame) => [frame, frame, frame]));
      expectPrices(heard.drain(), session);
    });

    it('make the same when the newest is heard first', async () => {
      const heard = await hear(atTheEnd.toReversed());
      expectPrices(heard.drain(), session);
    });

    it('are not undone by older ones that come again after a cut connection', async () => {
      const heard = await hear(frames);
      await heard.cut();
      await heard.hear(frames.slice(0, Math.ceil(frames.length / 2)));
      expect(heard.figures().connects).toBe(2);
      expectPrices(heard.drain(), session);
    });

    it('make the same between halves of themselves, which are refused', async () => {
      const heard = await hear(
        frames.flatMap(({ text, atMs }) => [
          { text: text.slice(0, -1), atMs },
          { text, atMs },
        ]),
      );
      expectPrices(heard.drain(), session);
      expect(heard.figures().refused.malformed).toBe(frames.length);
    });

    it('make the same when absurd ones follow', async () => {
      const heard = await hear(frames);
      await heard.say(...absurdFrames(session, heard.wall.nowMs()));
      expectPrices(heard.drain(), session);
      const { crossed, notAPrice } = heard.figures().refused;
      const symbols = Object.keys(session.symbols).length;
      expect({ crossed: crossed >= Object.keys(session.prices).length, notAPrice: notAPrice >= 3 * symbols }).toEqual({
        crossed: true,
        notAPrice: true,
      });
    });
  });
}

/** Newer frames in the form of the exchange that nobody may believe; twice the price waits for others to say so. */
function absurdFrames({ exchange, symbols, prices }: FrameSession, stampMs: number): string[] {
  return Object.entries(symbols).flatMap(([asset, text]) => {
    const symbol = text.replace('1/', '');
    const known = prices[asset];
    const [bid, ask, last] = known === undefined || text === symbol ? (known ?? []) : [1 / known[1], 1 / known[0], 1 / known[2]];
    const doubled = bid === undefined || ask === undefined ? [] : [{ bid: twice(bid), ask: twice(ask), last: twice(ask) }];
    return [...ABSURD, ...doubled].flatMap((absurd: Absurd, at) => {
      const said = { last: String(last ?? 0), ...absurd };
      return framesOf(exchange, { symbol, ...said, seq: Number.MAX_SAFE_INTEGER - 9 + at, stampMs });
    });
  });
}

function twice(price: number): string {
  return (2 * price).toFixed(8);
}

function expectPrices(drained: readonly TakenPrice[], { prices }: FrameSession): void {
  expect(drained.map(({ asset }) => asset).sort()).toEqual(Object.keys(prices).sort());
  for (const { asset, price } of drained) {
    const [bid, ask, last] = prices[asset] ?? [0, 0, 0];
    for (const [said, wanted] of [
      [price.bid, bid],
      [price.ask, ask],
      [price.last, last],
    ] as const)
      expect(said / wanted).toBeCloseTo(1, 12);
  }
}
