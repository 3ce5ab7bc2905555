import { connect, type Socket } from 'node:net';
import { signRequest } from '@mochila/protocol';
import fastify from 'fastify';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { NOW, ORDER, TestGateway, trader } from '../testing/test-gateway.ts';
import { endConnections } from './end-connections.ts';

const LIMIT_MS = 400;
/** Longer than any machine stands still. */
const PATIENT_MS = 45_000;

let gateway: TestGateway;
let answerAll: () => void;
let held: number;

// The first request of a key waits for its account to be made; others of the same key wait with it.
async function start(finishMsMax: number): Promise<void> {
  gateway = await TestGateway.start({ http: { finishMsMax } });
  const submit = gateway.engine.submit.bind(gateway.engine);
  const { promise, resolve } = Promise.withResolvers<void>();
  answerAll = resolve;
  held = 0;
  vi.spyOn(gateway.engine, 'submit').mockImplementation(async (...command) => {
    held += 1;
    await promise;
    return submit(...command);
  });
}
/** The bytes of an order; chunked they are the framework's, else they are plain. */
function orderBytes(symbol: string, isChunked = false): string {
  const body = { ...ORDER, symbol };
  const text = JSON.stringify(body);
  const signed = signRequest(trader, { instruction: 'orderExecute', body, timestampMs: NOW });
  const size = isChunked ? { 'Transfer-Encoding': 'chunked' } : { 'Content-Length': String(text.length) };
  const lines = Object.entries({ Host: 'x', 'Content-Type': 'application/json', ...size, ...signed }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return `POST /api/v1/order HTTP/1.1\r\n${lines.join('')}\r\n${isChunked ? `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n` : text}`;
}

type Talk = { readonly socket: Socket; readonly said: () => string; readonly closed: Promise<void> };

function say(bytes: string): Promise<Talk> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect({ port: gateway.port, host: '127.0.0.1' }, () => {
      socket.write(bytes);
      resolve({ socket, said: () => text, closed });
    });
    const closed = new Promise<void>((end) => socket.once('close', () => end()));
    socket.on('data', (chunk) => {
      text += chunk.toString('utf8');
    });
    // A reset is told by `close` too.
    socket.on('error', () => undefined);
  });
}

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Whether the gateway has begun to end: nobody is let in any more. */
function isShut(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port: gateway.port, host: '127.0.0.1' }, () => {
      socket.destroy();
      resolve(false);
    });
    socket.on('error', () => resolve(true));
  });
}

const statusesIn = (text: string): string[] => text.match(/HTTP\/1\.1 \d+/g) ?? [];

it('a server that never listened ends, and looks for connections no more', async () => {
  const app = fastify();
  const others = { finish: vi.fn(), drop: vi.fn() };
  endConnections(app, others, 0);
  await app.close();
  expect([others.finish, others.drop].flatMap(({ mock }) => mock.calls)).toEqual([]);
});

describe('the end of a gateway', () => {
  afterEach(() => gateway.stop());

  it.each([
    ['plain', false],
    ["the framework's", true],
  ])('answers orders that are on their way, %s, and then closes', async (_what, isChunked) => {
    await start(PATIENT_MS);
    const { said, closed } = await say(orderBytes('A', isChunked));
    await until(() => held === 1);
    const ended = gateway.stop();
    await until(isShut);
    expect(said()).toBe('');
    answerAll();
    await Promise.all([closed, ended]);
    expect(statusesIn(said())).toEqual(['HTTP/1.1 200']);
    expect(said()).toContain('"symbol":"A"');
  });

  it('answers all that one connection asked, in order, and tells the last that it closes', async () => {
    await start(PATIENT_MS);
    const { socket, said, closed } = await say(['A', 'B', 'C'].map((symbol) => orderBytes(symbol)).join(''));
    await until(() => held === 1);
    const ended = gateway.stop();
    await until(isShut);
    socket.write(orderBytes('D'));
    answerAll();
    await Promise.all([closed, ended]);
    expect([...said().matchAll(/"symbol":"(\w)"/g)].map(([, symbol]) => symbol)).toEqual(['A', 'B', 'C']);
    expect(said().match(/Connection: [\w-]+/g)).toEqual(['Connection: keep-alive', 'Connection: keep-alive', 'Connection: close']);
  });

  it('waits for no client that is idle or only began to ask', async () => {
    await start(LIMIT_MS);
    answerAll();
    const [silent, idle, half] = await Promise.all([say(''), say(orderBytes('A')), say('GET /api/v1/time HTTP/1.1\r\n')]);
    await until(() => idle.said().endsWith('}'));
    await gateway.stop();
    await Promise.all([silent.closed, idle.closed, half.closed]);
    expect(statusesIn(idle.said())).toEqual(['HTTP/1.1 200']);
  });

  it.each([false, true])('ends without an answer that does not come in time (chunked: %s)', async (isChunked) => {
    await start(LIMIT_MS);
    const { said, closed } = await say(orderBytes('A', isChunked));
    await until(() => held === 1);
    const startedAt = performance.now();
    await gateway.stop();
    await closed;
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(LIMIT_MS);
    expect(said()).toBe('');
    answerAll();
  });
});
