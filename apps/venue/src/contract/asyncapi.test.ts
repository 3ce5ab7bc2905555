import { startVenueProcess, type VenueProcess } from '@mochila/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SignedCaller } from '../testing/signed-caller.ts';
import { type Channel, StreamDocument } from '../testing/stream-document.ts';

const PERP = 'SOL_USDC_PERP';
const WAIT_MS = 60_000;
/** Nobody is liquidated here, there are no requests for quotes yet, and open interest is told once a minute. */
const SILENT = [
  ...['liquidation', 'liquidation.symbol', 'deleveraging', 'deleveraging.symbol', 'fundMove'],
  ...['account.receiptUpdate', 'account.receiptUpdate.symbol'],
  ...['account.rfqUpdate', 'account.rfqUpdate.symbol', 'openInterest.symbol'],
];

const Frame = z.object({ stream: z.string().optional(), id: z.union([z.number(), z.string(), z.null()]).optional() });

let venue: VenueProcess;
let contract: StreamDocument;
let socket: WebSocket;
let caller: SignedCaller;
let other: SignedCaller;
const frames: unknown[] = [];

beforeAll(async () => {
  venue = await startVenueProcess();
  contract = new StreamDocument(await (await fetch(`${venue.url}/asyncapi.json`)).json());
  [caller, other] = [new SignedCaller(venue.url, 1), new SignedCaller(venue.url, 2)];
  await caller.ask('GET /api/v1/capital');
  socket = new WebSocket(`${venue.url.replace('http', 'ws')}/ws`);
  socket.addEventListener('message', ({ data }) => frames.push(JSON.parse(String(data))));
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
});
afterAll(async () => {
  socket.close();
  await venue.stop();
});

/** Sends a frame and gives the answer that carries its id. */
async function ask(frame: { readonly id: number } & Record<string, unknown>): Promise<unknown> {
  socket.send(JSON.stringify(frame));
  return until(() => frames.find((one) => Frame.parse(one).id === frame.id), `the answer to ${JSON.stringify(frame)}`);
}

async function until<Found>(find: () => Found | undefined, what: string): Promise<Found> {
  const untilMs = performance.now() + WAIT_MS;
  for (;;) {
    const found = find();
    if (found !== undefined) return found;
    if (performance.now() > untilMs) throw new Error(`waited ${WAIT_MS} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** An order that rests, one that takes a part of it, and the end of the rest. */
async function trade(): Promise<void> {
  const price = String(await caller.roundMark(PERP));
  const order = { symbol: PERP, orderType: 'Limit', price };
  await caller.ask('POST /api/v1/order', { body: { ...order, side: 'Bid', quantity: '3', clientId: 4 } });
  await other.ask('POST /api/v1/order', { body: { ...order, side: 'Ask', quantity: '1' } });
  await caller.ask('DELETE /api/v1/order', { body: { symbol: PERP, clientId: 4 } });
  const trigger = { side: 'Ask', triggerPrice: '900', triggerQuantity: '1', reduceOnly: true };
  await caller.ask('POST /api/v1/order', { body: { symbol: PERP, orderType: 'Market', ...trigger } });
}

describe('the AsyncAPI document of a running venue', () => {
  it('names streams that are all accepted, each with every word its parameters may be', async () => {
    const names = [...contract.channels.values()].flatMap((channel) => contract.namesOf(channel));
    expect(names.length).toBeGreaterThan(30);
    const subscribe = { method: 'SUBSCRIBE', params: names, id: 1, signature: caller.subscription() };
    expect(contract.faultsOfControl('SubscribeFrame', subscribe)).toEqual([]);
    const answer = await ask(subscribe);
    expect(answer).toEqual({ id: 1, result: null });
    expect(contract.faultsOfControl('AcknowledgeFrame', answer)).toEqual([]);
  });

  it('is kept by every frame of an order, its trade, its position and its market', async () => {
    await trade();
    const told = (channel: Channel) => {
      const names = new Set(contract.namesOf(channel));
      return frames.filter((frame) => names.has(Frame.parse(frame).stream ?? ''));
    };
    for (const [id, channel] of contract.channels) {
      if (SILENT.includes(id)) continue;
      await until(() => (told(channel).length > 0 ? true : undefined), `a frame of ${id}`);
    }
    for (const channel of contract.channels.values()) {
      for (const frame of told(channel)) expect(contract.faultsOf(channel, frame)).toEqual([]);
    }
    const streams = new Set(frames.map((frame) => Frame.parse(frame).stream));
    const named = new Set([undefined, ...[...contract.channels.values()].flatMap((channel) => contract.namesOf(channel))]);
    expect([...streams].filter((name) => !named.has(name))).toEqual([]);
  });

  it('has examples that keep it', () => {
    for (const channel of contract.channels.values()) {
      const examples = Object.values(channel.messages).flatMap((message) => message.examples ?? []);
      expect(examples.length).toBeGreaterThan(0);
      for (const { payload } of examples) expect(contract.faultsOf(channel, payload)).toEqual([]);
    }
  });

  it.each(['externalTicker.SOL_USDC', 'stockPrice.AAPL', 'depth.100ms.SOL_USDC', 'trade', 'trade.NOPE', 'account.trades'])(
    'does not name %s, which is refused',
    async (name) => {
      const id = frames.length + 1_000;
      const answer = await ask({ method: 'SUBSCRIBE', params: [name], id, signature: caller.subscription() });
      expect(contract.faultsOfControl('StreamErrorFrame', answer)).toEqual([]);
      expect(answer).toMatchObject({ id, error: { message: expect.stringContaining(name) } });
    },
  );

  it('describes the end of streams and the sign of life', async () => {
    const unsubscribe = { method: 'UNSUBSCRIBE', params: [`trade.${PERP}`], id: 2 };
    expect(contract.faultsOfControl('UnsubscribeFrame', unsubscribe)).toEqual([]);
    expect(await ask(unsubscribe)).toEqual({ id: 2, result: null });
    const ping = { method: 'PING', id: 3 };
    expect(contract.faultsOfControl('PingFrame', ping)).toEqual([]);
    expect(contract.faultsOfControl('AcknowledgeFrame', await ask(ping))).toEqual([]);
  });
});

describe('the pages of a running venue', () => {
  it.each(['/docs/', '/docs/streams'])('%s asks nothing of another host', async (path) => {
    const page = await fetch(venue.url + path);
    expect([page.status, page.headers.get('content-type')?.split(';')[0]]).toEqual([200, 'text/html']);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/https?:|\*/);
    const html = await page.text();
    expect(
      [...html.matchAll(/<(?:script|link|img|iframe)\b[^>]*?(?:src|href)="([^"]+)"/g)].filter(([, to]) => /^(https?:)?\/\//.test(to ?? '')),
    ).toEqual([]);
  });
});
