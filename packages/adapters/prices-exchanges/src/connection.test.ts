/** A connection over the loopback interface: cut, silent, half open, flooded, refused, and how it comes back. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ExchangeFeed, type FeedNews } from './exchange-feed.ts';
import type { ExchangeName } from './exchanges.ts';
import { CONNECTION_RULES, type ConnectionRules, PRICE_RULES } from './feed-rules.ts';
import { createHandWall, type HandWall } from './testing/hand-wall.ts';
import { framesOf, saidPrice } from './testing/make-frame.ts';
import { StreamServer, until } from './testing/stream-server.ts';

const START_MS = 1_763_812_800_000;
/** Nobody listens there: no system gives this port to a server that takes any. One that was free a moment ago may be another's. */
const NOBODYS_URL = 'ws://127.0.0.1:9/';

let server: StreamServer;
let wall: HandWall;
let news: FeedNews[];
let feeds: ExchangeFeed[];

beforeEach(async () => {
  server = await StreamServer.listen();
  wall = createHandWall(START_MS);
  news = [];
  feeds = [];
});

afterEach(async () => {
  for (const feed of feeds) feed.stop();
  await server.close();
});

type FeedChoice = { readonly exchange?: ExchangeName; readonly url?: string; readonly rules?: Partial<ConnectionRules> };

function startFeed({ exchange = 'bybit', url = server.url, rules = {} }: FeedChoice = {}): ExchangeFeed {
  const connectionRules = { ...CONNECTION_RULES, ...rules };
  const sources = [{ name: exchange, exchange, symbols: { BTC: 'BTCX', ETH: 'ETHX' } }];
  const feed = new ExchangeFeed({
    exchange,
    url,
    sources,
    priceRules: PRICE_RULES,
    connectionRules,
    wall,
    onNews: (one) => news.push(one),
  });
  feeds.push(feed);
  feed.start();
  return feed;
}

async function connected(feed: ExchangeFeed): Promise<ExchangeFeed> {
  await until(() => feed.figures().isConnected && server.open > 0, 'it is connected');
  return feed;
}

/** Says a price in the form of bybit and waits until its frames have come. */
async function say(feed: ExchangeFeed, middle: number, seq: number, stampMs = wall.nowMs()): Promise<void> {
  const frames = framesOf('bybit', saidPrice('BTCX', middle, seq, stampMs));
  const expected = feed.figures().frames + frames.length;
  server.say(...frames);
  await until(() => feed.figures().frames >= expected, 'the frames have come');
}

function lost(): (FeedNews & { kind: 'lost' })[] {
  return news.filter((one) => one.kind === 'lost');
}

describe('a connection', () => {
  it('subscribes one message at a time, and again after every loss, and goes on where it was', async () => {
    const feed = await connected(startFeed());
    await until(() => server.received.length === 1, 'the first symbol is asked for');
    wall.pass(CONNECTION_RULES.sendEveryMs);
    await until(() => server.received.length === 2, 'the second symbol is asked for');
    const asked = [...server.received];
    expect(asked.join(' ')).toMatch(/BTCX.*ETHX/);
    await say(feed, 100, 7);
    expect(feed.drain()).toMatchObject([{ source: 'bybit', asset: 'BTC', price: { last: 100 } }]);
    server.cut();
    await until(() => lost().length === 1, 'the loss is told');
    expect(feed.figures().isConnected).toBe(false);
    wall.pass(500);
    await connected(feed);
    wall.pass(CONNECTION_RULES.sendEveryMs);
    await until(() => server.received.length === 4, 'both are asked for again');
    expect(server.received.slice(2)).toEqual(asked);
    // What stood before the loss is no news after it.
    await say(feed, 100, 7);
    expect(feed.drain()).toEqual([]);
    await say(feed, 101, 8);
    expect(feed.drain()).toMatchObject([{ price: { last: 101 } }]);
    expect(feed.figures()).toMatchObject({ connects: 2, refused: { repeated: 1 } });
  });

  it('is dropped when it is half open: nothing is heard although nobody closed it', async () => {
    const feed = await connected(startFeed());
    await say(feed, 100, 1);
    wall.pass(CONNECTION_RULES.silenceMsMax);
    expect(lost()).toEqual([]);
    wall.pass(CONNECTION_RULES.watchEveryMs);
    expect(lost()).toMatchObject([{ reason: `nothing was heard for ${CONNECTION_RULES.silenceMsMax + 1_000} ms` }]);
    await until(() => server.open === 0, 'the socket is gone');
  });

  it('is dropped when it is alive and tells no price', async () => {
    const feed = await connected(startFeed());
    for (let second = 0; second <= CONNECTION_RULES.priceSilenceMsMax / 1_000; second += 10) {
      const heard = feed.figures().frames;
      server.say('{"success":true,"ret_msg":"pong","op":"ping"}');
      await until(() => feed.figures().frames > heard, 'the pong has come');
      wall.pass(10_000);
    }
    expect(lost()).toMatchObject([{ reason: expect.stringContaining('no price was heard for') }]);
  });

  it.each([
    ['bybit', '{"op":"ping"}'],
    ['okx', 'ping'],
    ['kraken', '{"method":"ping"}'],
  ] as const)('asks %s for a sign of life', async (exchange, ping) => {
    await connected(startFeed({ exchange }));
    wall.pass(CONNECTION_RULES.pingEveryMs);
    await until(() => server.received.includes(ping), 'the ping has come');
  });

  it('asks with a frame of the protocol where the exchange has no word for it, and takes such frames as life', async () => {
    let answers = 0;
    server.onConnection = (socket) => {
      socket.on('ping', () => {
        socket.pong();
        socket.ping();
      });
      // The answer to the ping that followed the pong: both were heard.
      socket.on('pong', () => {
        answers += 1;
      });
    };
    await connected(startFeed({ exchange: 'binance' }));
    for (let round = 1; round <= 3; round += 1) {
      wall.pass(CONNECTION_RULES.pingEveryMs);
      await until(() => answers === round, 'the ping was answered and the answer heard');
    }
    expect(lost()).toEqual([]);
  });
});

describe('reconnecting', () => {
  it('waits twice as long after every failure, up to a minute, and counts from the start again after a good minute', async () => {
    const feed = startFeed({ url: NOBODYS_URL });
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 9; attempt += 1) {
      await until(() => lost().length === attempt, `failure ${attempt} is told`);
      waits.push(lost()[attempt - 1]?.waitMs ?? 0);
      // Not a moment before its time.
      wall.pass((waits[attempt - 1] ?? 0) - 1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(lost()).toHaveLength(attempt);
      wall.pass(1);
    }
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
    expect(feed.figures()).toMatchObject({ connects: 0, isConnected: false });
  });

  it('does not storm a server that accepts and cuts at once', async () => {
    server.onConnection = (socket) => socket.terminate();
    startFeed();
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 6; attempt += 1) {
      await until(() => lost().length === attempt, `loss ${attempt} is told`);
      waits.push(lost()[attempt - 1]?.waitMs ?? 0);
      wall.pass(waits[attempt - 1] ?? 0);
    }
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000]);
    expect(server.connections).toBeLessThanOrEqual(7);
  });

  it('waits longer each time for a server that cuts after a few seconds', async () => {
    const feed = startFeed();
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      await connected(feed);
      for (let second = 0; second < 5; second += 1) wall.pass(1_000);
      server.cut();
      await until(() => lost().length === attempt, `loss ${attempt} is told`);
      waits.push(lost()[attempt - 1]?.waitMs ?? 0);
      wall.pass(waits[attempt - 1] ?? 0);
    }
    expect(waits).toEqual([500, 1_000, 2_000, 4_000]);
  });

  it('is quick again after a connection that lived for a minute', async () => {
    const feed = await connected(startFeed());
    server.cut();
    await until(() => lost().length === 1, 'the first loss is told');
    wall.pass(500);
    await connected(feed);
    for (let second = 0; second <= 60; second += 10) {
      await say(feed, 100, second + 1);
      wall.pass(10_000);
    }
    server.cut();
    await until(() => lost().length === 2, 'the second loss is told');
    expect(lost().map(({ waitMs }) => waitMs)).toEqual([500, 500]);
  });

  it('ends with the feed: nothing is tried afterwards', async () => {
    const feed = startFeed({ url: NOBODYS_URL });
    await until(() => lost().length === 1, 'the failure is told');
    feed.stop();
    expect(wall.waits()).toEqual([]);
    feed.stop();
  });
});

describe('bad input', () => {
  it('is counted by its reason, and what is good beside it is taken', async () => {
    const feed = await connected(startFeed());
    await say(feed, 100, 10);
    await say(feed, 0, 11);
    await say(feed, -5, 12);
    await say(feed, 100.1, 9);
    await say(feed, 100.1, 13, wall.nowMs() + 60_000);
    await say(feed, 100.1, 14, wall.nowMs() - 60_000);
    await say(feed, 1_000, 15);
    server.say('{"topic":"orderbook.1.BTCX"', new Uint8Array([1, 2, 3]), '{"topic":"orderbook.1.BTCX","ts":1,"type":"delta","data":{}}');
    server.say(...framesOf('bybit', saidPrice('DOGEX', 1, 1, wall.nowMs())));
    server.say('{"success":false,"ret_msg":"Invalid symbol","op":"subscribe"}');
    await until(() => feed.figures().errors === 1, 'the last frame has come');
    expect(feed.figures().refused).toEqual({
      malformed: 2,
      binary: 1,
      tooLarge: 0,
      unknownSymbol: 2,
      notAPrice: 4,
      crossed: 0,
      future: 2,
      past: 2,
      late: 1,
      repeated: 0,
      jump: 2,
    });
    expect(feed.drain()).toMatchObject([{ asset: 'BTC', price: { bid: 99.999 } }]);
    expect(news).toContainEqual({ kind: 'error', exchange: 'bybit', message: 'Invalid symbol' });
    await say(feed, 100.2, 16);
    expect(feed.drain()).toMatchObject([{ asset: 'BTC', price: { last: 100.2 } }]);
  });

  it('without a time is as late as what came before it: a stream that lags is not believed', async () => {
    const feed = await connected(startFeed({ exchange: 'binance' }));
    const sayOld = async (ageMs: number, seq: number): Promise<void> => {
      const frames = framesOf('binance', saidPrice('BTCX', 100, seq, wall.nowMs() - ageMs));
      const expected = feed.figures().frames + frames.length;
      server.say(...frames);
      await until(() => feed.figures().frames >= expected, 'the frames have come');
    };
    await sayOld(1_000, 1);
    expect(feed.drain()).toHaveLength(1);
    await sayOld(11_000, 2);
    expect(feed.drain()).toEqual([]);
    expect(feed.figures().refused.past).toBe(2);
    await sayOld(0, 3);
    expect(feed.drain()).toHaveLength(1);
    await sayOld(11_000, 4);
    server.cut();
    await until(() => lost().length === 1, 'the loss is told');
    wall.pass(500);
    await connected(feed);
    // Nothing is known of how late a new connection is.
    const [, book = ''] = framesOf('binance', saidPrice('BTCX', 101, 5, wall.nowMs()));
    server.say(book);
    await until(() => feed.figures().frames === 9, 'the book has come');
    expect(feed.drain()).toMatchObject([{ asset: 'BTC', price: { bid: 100.999 } }]);
  });

  it('that is too large ends the connection before it is kept', async () => {
    const feed = await connected(startFeed());
    server.say(`"${'x'.repeat(CONNECTION_RULES.frameBytesMax)}"`);
    await until(() => lost().length === 1, 'the loss is told');
    expect(feed.figures().refused.tooLarge).toBe(1);
  });

  it('that floods ends the connection', async () => {
    const feed = await connected(startFeed({ rules: { framesPerSecondMax: 100 } }));
    server.say(...Array.from({ length: 101 }, () => '{"op":"noise"}'));
    await until(() => feed.figures().frames === 101, 'the flood has come');
    wall.pass(CONNECTION_RULES.watchEveryMs);
    expect(lost()).toMatchObject([{ reason: '101 frames in 1000 ms' }]);
  });

  it('never makes more than one price of an asset, however many come', async () => {
    const feed = await connected(startFeed());
    const frames = Array.from({ length: 500 }, (_, at) =>
      framesOf('bybit', saidPrice('BTCX', 100 + at / 1_000, at + 1, wall.nowMs())),
    ).flat();
    server.say(...frames);
    await until(() => feed.figures().frames === frames.length, 'all have come');
    expect(feed.drain()).toMatchObject([{ asset: 'BTC', price: { last: 100.499 } }]);
  });
});
