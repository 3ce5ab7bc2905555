import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ORDER, signOrder, TestGateway } from '../testing/test-gateway.ts';

const CLIENT_MS = 45_000;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await TestGateway.start();
});
afterAll(() => gateway.stop());

describe('hostile input', () => {
  it.each<[string, string, string, string | undefined, number, string, string]>([
    ['broken JSON', 'POST', '/api/v1/order', '{"a": abc}', 400, 'INVALID_CLIENT_REQUEST', 'it must be JSON'],
    ['half a JSON', 'POST', '/api/v1/order', '{"a": [', 400, 'INVALID_CLIENT_REQUEST', 'it must be JSON'],
    ['deep nesting', 'POST', '/api/v1/order', '['.repeat(50_000), 400, 'INVALID_CLIENT_REQUEST', 'nested deeper than 16 levels'],
    [
      'deep nesting that closes',
      'POST',
      '/api/v1/order',
      `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
      400,
      'INVALID_CLIENT_REQUEST',
      'nested deeper',
    ],
    [
      'a body beyond the bound',
      'POST',
      '/api/v1/order',
      `"${'x'.repeat(10_000_000)}"`,
      413,
      'INVALID_CLIENT_REQUEST',
      'larger than 131072 bytes',
    ],
    ['an unknown path', 'GET', '/api/v1/nothing', undefined, 404, 'RESOURCE_NOT_FOUND', 'Not Found: GET "/api/v1/nothing"'],
    ['an unknown method', 'DELETE', '/api/v1/time', undefined, 404, 'RESOURCE_NOT_FOUND', 'this path takes GET'],
    ['a broken percent-encoding', 'GET', '/api/v1/%zz', undefined, 400, 'INVALID_CLIENT_REQUEST', 'broken percent-encoding'],
    ['a path that climbs', 'GET', '/docs/js/..%2f..%2fpackage.json', undefined, 404, 'RESOURCE_NOT_FOUND', 'Not Found'],
    ['a fault of ours', 'GET', '/test/throws', undefined, 500, 'SERVER_ERROR', 'The venue failed to answer'],
    ['an answer that breaks its schema', 'GET', '/test/wrong', undefined, 500, 'SERVER_ERROR', 'The venue failed to answer'],
  ])('%s is answered in JSON', async (_what, method, path, body, status, code, words) => {
    const answer = await gateway.send(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.json).toEqual({ code, message: expect.stringContaining(words) });
    expect(JSON.stringify(answer.json)).not.toContain('secret');
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it('a body beyond the bound is refused in words to a client of another process, which is still writing it', async () => {
    const program = `
      const body = 'x'.repeat(20_000_000);
      const statuses = [];
      for (let at = 0; at < 10; at += 1) statuses.push((await fetch(process.argv[1], { method: 'POST', body })).status);
      console.log(statuses.join(' '));
    `;
    const client = spawn(process.execPath, ['--input-type=module', '-e', program, `${gateway.origin}/api/v1/order`], {
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: CLIENT_MS,
    });
    const [said] = await Promise.all([text(client.stdout), once(client, 'close')]);
    expect(said.trim().split(' ')).toEqual(Array.from({ length: 10 }, () => '413'));
  });

  it('a number beyond all bounds names its field', async () => {
    const text = JSON.stringify(ORDER).replace('"2.5"', '1e400');
    const headers = signOrder();
    expect((await gateway.send('POST', '/api/v1/order', text, headers)).json).toMatchObject({
      message: expect.stringContaining('quantity is a number too large'),
    });
  });

  it('bytes that are no HTTP are answered in JSON and cut off', async () => {
    const answer = await gateway.talk('GARBAGE\r\n\r\n');
    expect(answer).toContain('HTTP/1.1 400 Bad Request');
    expect(answer).toContain('{"code":"INVALID_CLIENT_REQUEST","message":"The request is not valid HTTP/1.1"}');
  });

  it('a body without a Content-Type is read as JSON', async () => {
    const body = JSON.stringify({ ...ORDER, quantity: -1 });
    const headers = Object.entries(signOrder());
    const lines = [...headers, ['Host', 'x'], ['Content-Length', String(body.length)]].map(([name, value]) => `${name}: ${value}\r\n`);
    expect(await gateway.talk(`POST /api/v1/order HTTP/1.1\r\n${lines.join('')}\r\n${body}`)).toContain('quantity is the number -1');
  });

  it.each([
    ['a request without a host', 'GET /api/v1/ping HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'The header Host is missing'],
    [
      'an expectation',
      'GET /api/v1/ping HTTP/1.1\r\nHost: x\r\nExpect: wonders\r\n\r\n',
      417,
      'The only Expect that is known is 100-continue',
    ],
    ['a tunnel', 'CONNECT elsewhere:443 HTTP/1.1\r\nHost: elsewhere:443\r\n\r\n', 405, 'This is no proxy'],
    [
      'streams without an upgrade',
      'GET /ws HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      426,
      'Streams are WebSockets: connect to ws://',
    ],
  ])('%s is refused in JSON, with the way out', async (_what, bytes, status, words) => {
    const [head = '', body = ''] = (await gateway.talk(bytes)).split('\r\n\r\n');
    expect(head).toContain(`HTTP/1.1 ${status} `);
    expect(head.toLowerCase()).toContain('content-type: application/json');
    expect(JSON.parse(body)).toEqual({ code: 'INVALID_CLIENT_REQUEST', message: expect.stringContaining(words) });
  });

  it('headers beyond the bound are refused', async () => {
    expect(await gateway.talk(`GET /api/v1/ping HTTP/1.1\r\nHost: x\r\nX-Big: ${'x'.repeat(40_000)}\r\n\r\n`)).toContain('431');
  });
});

describe('slow and many connections', () => {
  it('are told off and cut when a request takes too long to arrive', async () => {
    const small = await TestGateway.start({ http: { headersTimeoutMs: 300, requestTimeoutMs: 600, checkIntervalMs: 100 } });
    const began = performance.now();
    const [slow, slower] = await Promise.all([
      small.talk('GET /api/v1/ping HT'),
      small.talk('POST /api/v1/order HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{'),
    ]);
    expect(performance.now() - began).toBeLessThan(25_000);
    expect(slow).toContain('408');
    expect(slower).toContain('408');
    await small.stop();
  });

  it('are cut when a body that was refused never ends, and hear no second answer', async () => {
    const small = await TestGateway.start({ http: { headersTimeoutMs: 300, requestTimeoutMs: 600, checkIntervalMs: 100 } });
    const socket = connect(small.port, '127.0.0.1');
    const piece = 'x'.repeat(65_536);
    let said = '';
    const pump = (): void => {
      while (socket.writable && socket.write(piece));
    };
    socket.on('drain', pump).on('error', () => undefined);
    socket.on('data', (chunk) => {
      said += chunk.toString('utf8');
    });
    socket.write('POST /api/v1/order HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999999\r\n\r\n');
    pump();
    await new Promise((resolve) => socket.once('close', resolve));
    expect(said.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 413']);
    await small.stop();
  });

  it('ask on when a body that was refused has ended', async () => {
    const body = 'x'.repeat(200_000);
    const said = await gateway.talk(
      `POST /api/v1/order HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}GET / HTTP/0\r\n\r\n`,
      2,
    );
    expect(said.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 400']);
  });

  it.each([
    ['nonsense', 'nonsense\r\n\r\n'],
    ['a tunnel', 'CONNECT elsewhere:443 HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['an expectation', 'GET /api/v1/ping HTTP/1.1\r\nHost: x\r\nExpect: wonders\r\n\r\n'],
  ])('are let go of once %s is refused, though the client holds on', async (_what, bytes) => {
    const small = await TestGateway.start({ http: { connections: { total: 1, perAddress: 1 } } });
    const holder = connect({ port: small.port, host: '127.0.0.1', allowHalfOpen: true }, () => holder.write(bytes));
    await once(holder.resume(), 'end');
    let said = '';
    while (said === '') said = await small.talk('GET /api/v1/ping HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(said).toContain('HTTP/1.1 200 ');
    holder.destroy();
    await small.stop();
  });

  it('are bounded', async () => {
    // With time to spare: those that are held must not be cut for their silence before the third has come.
    const small = await TestGateway.start({ http: { connections: { total: 2, perAddress: 2 } } });
    const held = [connect(small.port, '127.0.0.1'), connect(small.port, '127.0.0.1')];
    await Promise.all(held.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
    expect(await small.talk('GET /api/v1/ping HTTP/1.1\r\nHost: x\r\n\r\n')).toBe('');
    for (const socket of held) socket.destroy();
    await small.stop();
  });

  it('are cut off before authentication when an address asks too often', async () => {
    const small = await TestGateway.start({ requests: { address: { capacity: 3, refillMs: 60_000, keysMax: 10 } } });
    const statuses = [];
    for (let index = 0; index < 4; index += 1) statuses.push((await small.fetch('/api/v1/ping')).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    await small.stop();
  });
});
