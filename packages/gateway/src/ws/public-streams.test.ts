import { createSigner, type EngineEvent, encodeBase64, events, FundMove, OrderOrigin, Side } from '@mochila/protocol';
import type { TestPerson } from '@mochila/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { exampleNameOf } from '../docs/asyncapi.ts';
import { STREAMS } from '../schemas/streams.ts';
import { StreamClient } from '../testing/stream-client.ts';
import { StreamGateway } from '../testing/stream-gateway.ts';
import { createDirectory } from '../venue/directory.ts';
import { createDeleveragingStream } from './deleveraging.ts';
import { createFundMoveStream } from './fund-move.ts';
import { createLiquidationStream } from './liquidation.ts';

const PERP = 'SOL_USDC_PERP';
const Depth = z.object({
  U: z.int(),
  u: z.int(),
  a: z.array(z.tuple([z.string(), z.string()])),
  b: z.array(z.tuple([z.string(), z.string()])),
});
type DepthData = z.infer<typeof Depth>;
const Book = z.object({
  lastUpdateId: z.string(),
  asks: z.array(z.tuple([z.string(), z.string()])),
  bids: z.array(z.tuple([z.string(), z.string()])),
});

let gateway: StreamGateway;
let maker: TestPerson;
let taker: TestPerson;
beforeAll(async () => {
  gateway = await StreamGateway.start({ rules: { periods: { secondMs: 50, openInterestMs: 60 } } });
  maker = await gateway.venue.person();
  taker = await gateway.venue.person();
});
afterAll(() => gateway.stop());

let client: StreamClient;
beforeEach(async () => {
  client = await StreamClient.open(`${gateway.wsUrl}/ws`);
  return () => client.close();
});

function payloadOf(stream: string): z.ZodObject {
  const parts = stream.split('.');
  const definition = STREAMS.find(({ name }) => {
    const pattern = name.split('.');
    return pattern.length === parts.length && pattern.every((part, at) => part.startsWith('{') || part === parts[at]);
  });
  if (definition === undefined) throw new Error(`no stream ${stream}`);
  return definition.payload;
}

async function quote(): Promise<void> {
  for (const ticks of [14_990, 14_985]) await gateway.venue.place(maker, { market: PERP, side: Side.Bid, lots: 200, ticks });
  for (const ticks of [15_010, 15_015]) await gateway.venue.place(maker, { market: PERP, side: Side.Ask, lots: 200, ticks });
}

async function trade(lots = 10): Promise<void> {
  await gateway.venue.place(taker, { market: PERP, side: Side.Bid, lots, ticks: 15_010 });
}

describe('public streams', () => {
  it.each([
    [`bookTicker.${PERP}`],
    [`depth.${PERP}`],
    [`depth.200ms.${PERP}`],
    [`trade.${PERP}`],
    [`kline.1m.${PERP}`],
    [`kline.1month.${PERP}`],
    [`ticker.${PERP}`],
    [`markPrice.${PERP}`],
    [`openInterest.${PERP}`],
  ])('%s sends what its schema says', async (stream) => {
    await client.subscribe([stream]);
    await quote();
    await trade();
    await gateway.venue.passSeconds(1);
    const [first] = await client.take(stream, 1);
    const checked = payloadOf(stream).safeParse(first);
    expect(checked.error?.issues ?? []).toEqual([]);
    expect(first).toMatchObject({ e: stream.split('.')[0], s: PERP });
  });

  it('sends a closed candle once, marked as such', async () => {
    await client.subscribe([`kline.1s.${PERP}`]);
    await quote();
    await trade(3);
    await gateway.venue.passSeconds(1);
    await client.until(() => client.of(`kline.1s.${PERP}`).some(({ X }) => X === true), 'a closed candle');
    await gateway.venue.passSeconds(1);
    await client.settle();
    const closed = client.of(`kline.1s.${PERP}`).filter(({ X }) => X === true);
    expect(closed).toHaveLength(1);
    expect(closed[0]).toMatchObject({ o: '150.1', c: '150.1', v: '0.03', n: 1 });
    expect(closed[0]?.['t']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
  });

  it('tells trades with their sides and ids in sequence', async () => {
    await client.subscribe([`trade.${PERP}`]);
    await quote();
    await trade(1);
    await gateway.venue.place(taker, { market: PERP, side: Side.Ask, lots: 2, ticks: 14_990 });
    const [buy, sell] = await client.take(`trade.${PERP}`, 2);
    expect(buy).toMatchObject({ p: '150.1', q: '0.01', m: false });
    expect(sell).toMatchObject({ p: '149.9', q: '0.02', m: true });
    expect(Number(sell?.['t'])).toBe(Number(buy?.['t']) + 1);
  });

  it('tells marks of all markets at one moment', async () => {
    await client.subscribe(['markPrice.BTC_USDC_PERP', 'markPrice.SOL_USDC_PERP']);
    const [btc] = await client.take('markPrice.BTC_USDC_PERP', 1);
    const [sol] = await client.take('markPrice.SOL_USDC_PERP', 1);
    expect(btc?.['E']).toBe(sol?.['E']);
    expect(sol).toMatchObject({ i: '150' });
    expect(Number(sol?.['n']) % 3_600_000).toBe(0);
  });
});

describe('the document', () => {
  it('lists streams that are served, all of them', async () => {
    const signature = gateway.proof(createSigner(encodeBase64(new Uint8Array(32).fill(61))));
    const names = STREAMS.map(exampleNameOf);
    await client.subscribe(names, { signature });
    expect(new Set(names).size).toBe(STREAMS.length);
  });
});

describe('liquidations', () => {
  it('are told to all and to their market, with the side of the order that liquidates', async () => {
    const directory = createDirectory(gateway.venue.genesis);
    const { resolve, listener } = createLiquidationStream({
      directory,
      feed: gateway.feed,
      nowMicros: () => 5,
      periods: { secondMs: 1_000, openInterestMs: 1_000 },
      onFault: () => undefined,
    });
    const got: string[] = [];
    for (const parts of [[], [PERP], ['SOL_USDC']]) {
      const channel = resolve(parts, parts.join('.'));
      if (!('message' in channel)) channel.add({ enqueue: (frame) => got.push(frame.toString('utf8')) });
    }
    const market = gateway.feed.market(gateway.venue.market(PERP));
    const fields = {
      market: market.facts.market,
      tradeId: 1,
      timeMicros: 7,
      priceTicks: 15_000,
      quantityLots: 10,
      quoteAtoms: 1,
      buyerOrderId: 1,
      sellerOrderId: 2,
    };
    listener?.trade?.(market, { ...fields, isBuyerMaker: true, origin: OrderOrigin.User });
    listener?.trade?.(market, { ...fields, isBuyerMaker: true, origin: OrderOrigin.LiquidationAutoclose });
    expect(got.map((text) => JSON.parse(text))).toEqual([
      { stream: 'liquidation', data: { e: 'liquidation', E: 5, T: 7, s: PERP, S: 'Ask', q: '0.1', p: '150' } },
      { stream: `liquidation.${PERP}`, data: expect.objectContaining({ e: 'liquidation' }) },
    ]);
  });
});

describe('what the venue does by itself', () => {
  const context = () => ({
    directory: createDirectory(gateway.venue.genesis),
    feed: gateway.feed,
    nowMicros: () => 5,
    periods: { secondMs: 1_000, openInterestMs: 1_000 },
    onFault: () => undefined,
  });
  const batch = (...told: EngineEvent[]) => ({ seq: 9, timeMicros: 7, commandCode: 0, rejectCode: 0, events: told });

  it('is told as deleveragings of all markets and of one, with the ids of their route', () => {
    const { resolve, listener } = createDeleveragingStream(context());
    const got: string[] = [];
    for (const parts of [[], [PERP], ['SOL_USDC']]) {
      const channel = resolve(parts, parts.join('.'));
      if (!('message' in channel)) channel.add({ enqueue: (frame) => got.push(frame.toString('utf8')) });
    }
    const sizes = { neededLots: 10, takenLots: 10, markTicks: 15_000, priceTicks: 15_100, deficitAtoms: 2_500_000, winners: 2 };
    const fields = { ...events.deleveraged.defaults, account: 3, market: gateway.venue.market(PERP), ...sizes };
    listener?.batch?.(batch({ name: 'fundMoved', fields: events.fundMoved.defaults }, { name: 'deleveraged', fields }), []);
    const data = { s: PERP, i: '9-1', Q: '0.1', q: '0.1', O: '0', M: '150', p: '151', d: '2.5', c: '0', l: '0', w: 2 };
    expect(got.map((text) => JSON.parse(text))).toEqual([
      { stream: 'deleveraging', data: { e: 'deleveraging', E: 5, T: 7, ...data } },
      { stream: `deleveraging.${PERP}`, data: expect.objectContaining(data) },
    ]);
  });

  it('is told as moves of the fund, which have no parts', () => {
    const { resolve, listener } = createFundMoveStream(context());
    const got: string[] = [];
    const channel = resolve([], 'fundMove');
    if (!('message' in channel)) channel.add({ enqueue: (frame) => got.push(frame.toString('utf8')) });
    const asset = gateway.venue.genesis.assets.findIndex(({ symbol }) => symbol === 'USDC');
    const fields = { move: FundMove.Fee, account: 3, asset, amountAtoms: -1_500_000 };
    listener?.batch?.(batch({ name: 'fundMoved', fields }), []);
    expect(got.map((text) => JSON.parse(text))).toEqual([
      { stream: 'fundMove', data: { e: 'fundMove', E: 5, T: 7, i: '9-0', k: 'Fee', s: 'USDC', q: '-1.5' } },
    ]);
    expect(resolve(['USDC'], 'fundMove.USDC')).toMatchObject({ message: expect.stringContaining('has no parts') });
  });
});

describe('a book', () => {
  const stream = `depth.${PERP}`;

  it('is joined as documented: buffer, take the REST book, drop what is old; ids have no gap', async () => {
    await client.subscribe([stream]);
    await quote();
    await trade(7);
    await client.take(stream, 5);
    const book = Book.parse(await (await fetch(`${gateway.origin}/api/v1/depth?symbol=${PERP}`)).json());
    await quote();
    await trade(150);
    await gateway.venue.as(maker, 'cancelAllOrders', { market: gateway.venue.market(PERP) });
    await client.settle();
    const frames = client.of(stream).map((data) => Depth.parse(data));
    for (const [at, { U, u }] of frames.entries()) {
      expect(u).toBe(U);
      if (at > 0) expect(U).toBe((frames[at - 1]?.u ?? 0) + 1);
    }
    expect(frames[0]?.U).toBeLessThanOrEqual(Number(book.lastUpdateId) + 1);
    expect(join(book, frames)).toEqual(await engineBook());
  });

  it('in windows is the same book, each window following the last', async () => {
    const windowed = `depth.200ms.${PERP}`;
    await client.subscribe([windowed], { snapshot: true });
    await quote();
    await client.take(windowed, 2);
    await trade(20);
    await quote();
    await client.take(windowed, 3);
    const [snapshot, ...frames] = client.of(windowed).map((data) => Depth.parse(data));
    expect(snapshot).toBeDefined();
    if (snapshot === undefined) return;
    for (const [at, { U }] of frames.entries()) expect(U).toBe((at === 0 ? snapshot.u : (frames[at - 1]?.u ?? 0)) + 1);
    expect(join({ lastUpdateId: String(snapshot.u), asks: snapshot.a, bids: snapshot.b }, frames)).toEqual(await engineBook());
  });

  it('begins with a snapshot for those who ask, and goes on from it', async () => {
    await quote();
    await client.subscribe([stream], { snapshot: true });
    await trade(1);
    const [snapshot, next] = (await client.take(stream, 2)).map((data) => Depth.parse(data));
    expect(client.of(stream)[0]).toMatchObject({ snapshot: true });
    expect(next?.U).toBe((snapshot?.u ?? 0) + 1);
  });

  it('is never behind over REST of what was sent already', async () => {
    await client.subscribe([stream, `bookTicker.${PERP}`]);
    for (let round = 0; round < 20; round += 1) {
      await gateway.venue.place(maker, { market: PERP, side: Side.Bid, lots: 1 + round, ticks: 14_900 - round });
      const sent = (await client.take(stream, round + 1)).at(-1);
      const book = Book.parse(await (await fetch(`${gateway.origin}/api/v1/depth?symbol=${PERP}&limit=5`)).json());
      expect(Number(book.lastUpdateId)).toBeGreaterThanOrEqual(Number(sent?.['u']));
    }
  });
});

/** A client's own book: levels by price as number. */
function join(book: z.infer<typeof Book>, frames: readonly DepthData[]): object {
  const sides = {
    b: new Map(book.bids.map(([price, size]) => [Number(price), size])),
    a: new Map(book.asks.map(([price, size]) => [Number(price), size])),
  };
  let last = Number(book.lastUpdateId);
  for (const frame of frames) {
    if (frame.u <= last) continue;
    expect(frame.U).toBeLessThanOrEqual(last + 1);
    last = frame.u;
    for (const side of ['a', 'b'] as const) {
      for (const [price, size] of frame[side]) {
        if (Number(size) === 0) sides[side].delete(Number(price));
        else sides[side].set(Number(price), size);
      }
    }
  }
  return { last, bids: ascending(sides.b), asks: ascending(sides.a) };
}

async function engineBook(): Promise<object> {
  const answer = await gateway.engine.ask('depth', { market: gateway.venue.market(PERP), levels: 1_000 });
  const side = (levels: readonly (readonly [number, number])[]) =>
    ascending(new Map(levels.map(([ticks, lots]) => [ticks / 100, String(lots / 100)])));
  return { last: answer.updateId, bids: side(answer.bids), asks: side(answer.asks) };
}

function ascending(levels: ReadonlyMap<number, string>): [number, string][] {
  return [...levels].sort(([one], [other]) => one - other);
}

describe('control frames', () => {
  it('are acknowledged only with an id, and a stream asked for twice comes once', async () => {
    client.send({ method: 'SUBSCRIBE', params: [`trade.${PERP}`] });
    await client.subscribe([`trade.${PERP}`, `trade.${PERP}`]);
    await quote();
    await trade(1);
    await client.take(`trade.${PERP}`, 1);
    await client.settle();
    expect(client.of(`trade.${PERP}`)).toHaveLength(1);
    expect(client.messages.filter(({ result }) => result === null)).toHaveLength(2);
    client.send({ method: 'UNSUBSCRIBE', params: [`trade.${PERP}`], id: 9 });
    await client.until(() => client.messages.some(({ id }) => id === 9), 'the acknowledgement');
    await trade(1);
    await client.settle();
    expect(client.of(`trade.${PERP}`)).toHaveLength(1);
  });

  it.each([
    ['no JSON', '{"method":', 4002, 'must be JSON'],
    ['another method', '{"method":"HELLO"}', 4002, 'SUBSCRIBE'],
    ['no list', '{"method":"SUBSCRIBE","params":"trade.SOL_USDC"}', 4002, 'a list of stream names'],
    ['an unknown field', '{"method":"SUBSCRIBE","params":["trade.SOL_USDC"],"x":1}', 4002, 'unknown field'],
    ['a name that is none', '{"method":"SUBSCRIBE","params":["trade SOL"]}', 4006, 'a stream name'],
    ['an unknown kind', '{"method":"SUBSCRIBE","params":["tradez.SOL_USDC"]}', 4006, 'Invalid stream "tradez.SOL_USDC"'],
    ['an unknown symbol', '{"method":"SUBSCRIBE","params":["trade.NO_SUCH"]}', 4006, 'no such market'],
    ['an unknown interval', '{"method":"SUBSCRIBE","params":["kline.2m.SOL_USDC"]}', 4006, 'the intervals are'],
    ['an unknown window', '{"method":"SUBSCRIBE","params":["depth.100ms.SOL_USDC"]}', 4008, '200ms, 600ms, 1000ms'],
    ['a mark of a spot market', '{"method":"SUBSCRIBE","params":["markPrice.SOL_USDC"]}', 4006, 'spot market'],
    ['a stream of stocks', '{"method":"SUBSCRIBE","params":["stockPrice.AAPL"]}', 4006, 'lists no market'],
    ['an unknown private stream', '{"method":"SUBSCRIBE","params":["account.secrets"]}', 4006, 'the private streams are'],
    ['a private stream unsigned', '{"method":"SUBSCRIBE","params":["account.orderUpdate"]}', 4011, 'need `signature`'],
    ['a signature of another shape', '{"method":"SUBSCRIBE","params":["account.orderUpdate"],"signature":["a"]}', 4007, 'signature'],
  ])('with %s are refused', async (_what, text, code, words) => {
    client.socket.send(text);
    await client.until(() => client.errors().length > 0, 'an error');
    expect(client.messages).toEqual([expect.objectContaining({ id: null, error: { code, message: expect.stringContaining(words) } })]);
  });

  it('start the good streams of a list and name the bad ones', async () => {
    client.send({ method: 'SUBSCRIBE', params: [`trade.${PERP}`, 'trade.NO_SUCH'], id: 'mine' });
    await client.until(() => client.errors().length > 0, 'an error');
    expect(client.messages[0]).toMatchObject({ id: 'mine', error: { code: 4006 } });
    await quote();
    await trade(1);
    expect(await client.take(`trade.${PERP}`, 1)).toHaveLength(1);
  });
});
