import { createServer, type IncomingMessage } from 'node:http';
import { Duplex } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPlainRequest } from './plain-request.ts';

const LINE = 'POST /api/v1/order HTTP/1.1';
const RULES = { targets: new Map([[LINE, 'order']]), headerBytesMax: 4_096, bodyBytesMax: 1_000 };
const LINES = ['Host: x', 'Content-Type: application/json', 'Content-Length: 2', 'X-API-Key: a+/=', 'X-Timestamp: 1', 'Accept: */*'];

function requestOf(lines: readonly string[] = LINES, body = '{}', first = LINE): string {
  return `${[first, ...lines].join('\r\n')}\r\n\r\n${body}`;
}

function read(text: string, from = 0) {
  return readPlainRequest(Buffer.from(text, 'latin1'), from, RULES);
}

/** The first request that Node's own server reads in the bytes, with its body; null when it refuses them. */
function readByNode(bytes: Buffer): Promise<{ method: string; url: string; headers: IncomingMessage['headers']; body: string } | null> {
  return new Promise((resolve) => {
    const socket = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
    const server = createServer((request) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('error', () => resolve(null));
      request.on('end', () => {
        const { method = '', url = '', headers } = request;
        resolve({ method, url, headers, body: Buffer.concat(chunks).toString('utf8') });
        socket.destroy();
      });
    });
    server.on('clientError', () => resolve(null));
    server.emit('connection', socket);
    socket.push(bytes);
    socket.push(null);
  });
}

describe('a plain request', () => {
  it('is read with its headers, its body and its end', () => {
    const text = requestOf();
    expect(read(`${text}${text}`, text.length)).toEqual({
      target: 'order',
      headers: {
        'x-api-key': 'a+/=',
        'x-timestamp': '1',
        'x-signature': undefined,
        'x-window': undefined,
        'x-idempotency-key': undefined,
      },
      body: '{}',
      end: text.length * 2,
    });
  });

  it.each([
    ['in capitals', ['HOST: x', 'CONTENT-TYPE: Application/JSON; charset=UTF-8', 'content-length: 2', 'CONNECTION: Keep-Alive']],
    ['without spaces', ['Host:x', 'Content-Type:application/json', 'Content-Length:2']],
    ['of a browser', [...LINES, 'Origin: http://y', 'Sec-Fetch-Mode: cors', 'User-Agent: Z/1 (a; b)']],
  ])('may be spelt %s', (_how, lines) => {
    expect(read(requestOf(lines))?.body).toBe('{}');
  });

  it.each<[string, string]>([
    ['cut in its head', requestOf().slice(0, 60)],
    ['cut in its body', requestOf().slice(0, -1)],
    ['of another path', requestOf(LINES, '{}', 'POST /api/v1/other HTTP/1.1')],
    ['with a query', requestOf(LINES, '{}', 'POST /api/v1/order?a=b HTTP/1.1')],
    ['of HTTP/1.0', requestOf(LINES, '{}', 'POST /api/v1/order HTTP/1.0')],
    ['behind an empty line', `\r\n${requestOf()}`],
    ['without a host', requestOf(LINES.slice(1))],
    ['with two hosts', requestOf(['Host: y', ...LINES])],
    ['without a type', requestOf(LINES.filter((line) => !line.startsWith('Content-Type')))],
    ['of another type', requestOf(['Host: x', 'Content-Type: text/plain', 'Content-Length: 2'])],
    ['with two lengths', requestOf([...LINES, 'Content-Length: 2'])],
    ['with two lengths that differ', requestOf([...LINES, 'content-length: 1'])],
    ['with a list of lengths', requestOf(LINES.map((line) => line.replace(': 2', ': 2, 2')))],
    ['with a signed length', requestOf(LINES.map((line) => line.replace(': 2', ': +2')))],
    ['with a length in other digits', requestOf(LINES.map((line) => line.replace(': 2', ': 0x2')))],
    ['with a length of nothing', requestOf(LINES.map((line) => line.replace(': 2', ': 0')))],
    ['with a length that begins with zero', requestOf(LINES.map((line) => line.replace(': 2', ': 02')))],
    [
      'with a length beyond the bound',
      requestOf(
        LINES.map((line) => line.replace(': 2', ': 1001')),
        'x'.repeat(1_001),
      ),
    ],
    ['in chunks', requestOf([...LINES, 'Transfer-Encoding: chunked'])],
    ['in chunks, misspelt', requestOf([...LINES, 'Transfer-Encoding : chunked'])],
    ['that closes', requestOf([...LINES, 'Connection: close'])],
    ['that upgrades', requestOf([...LINES, 'Connection: keep-alive, Upgrade', 'Upgrade: websocket'])],
    ['that expects', requestOf([...LINES, 'Expect: 100-continue'])],
    ['with a header that nobody knows', requestOf([...LINES, 'X-Other: 1'])],
    ['with a header twice', requestOf([...LINES, 'X-API-KEY: b'])],
    ['with an empty header', requestOf([...LINES, 'X-Window:'])],
    ['with a header of one space', requestOf([...LINES, 'X-Window:  '])],
    ['with a space behind a header', requestOf([...LINES, 'X-Window: 5 '])],
    ['with a folded header', requestOf([...LINES, 'X-Window: 5', ' 000'])],
    ['with a line without a colon', requestOf([...LINES, 'X-Window'])],
    ['with a line without a name', requestOf([...LINES, ': 5'])],
    ['with a lone LF', requestOf([...LINES, 'Accept-Language: a\nTransfer-Encoding: chunked'])],
    ['with a lone CR', requestOf([...LINES, 'Accept-Language: a\rTransfer-Encoding: chunked'])],
    ['with a NUL', requestOf([...LINES, 'Accept-Language: a\0b'])],
    ['with a tab', requestOf([...LINES, 'Accept-Language: a\tb'])],
    ['with a letter beyond ASCII', requestOf([...LINES, 'Accept-Language: \xe4'])],
    ['with a name beyond ASCII', requestOf([...LINES, 'X-W\u0130ndow: 5'])],
    ['with headers beyond the bound', requestOf([...LINES, `Accept-Language: ${'x'.repeat(5_000)}`])],
  ])('is not one %s', (_what, text) => {
    expect(read(text)).toBeNull();
  });

  it('is read as Node reads it, whatever was done to it', { timeout: 120_000 }, async () => {
    const nasty = fc.constantFrom('\r', '\n', '\r\n', '\r\n\r\n', ' ', '\t', ':', ',', '\0', '\x7f', '\xff', '0', '2', 'a', '-', '{}');
    const extra = fc.constantFrom(
      ...[
        'Transfer-Encoding: chunked',
        'Content-Length: 1',
        'content-length: 2',
        'Host: y',
        'X-Window: 5',
        'X-API-Key: b',
        'Connection: close',
      ],
      ...[' folded', 'X-Signature:s', 'Accept : x', 'Expect: 100-continue', 'Connection: keep-alive', 'Priority: u=1'],
    );
    const edit = fc.record({ at: fc.nat(250), cut: fc.nat(3), put: nasty });
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(extra, { maxLength: 2 }), fc.array(edit, { maxLength: 2 }), fc.nat(5), async (extras, edits, turn) => {
        const lines = [...LINES.slice(turn), ...LINES.slice(0, turn), ...extras];
        let text = `${requestOf(lines)}${requestOf()}`;
        for (const { at, cut, put } of edits) text = `${text.slice(0, at)}${put}${text.slice(at + cut)}`;
        const bytes = Buffer.from(text, 'latin1');
        const plain = readPlainRequest(bytes, 0, RULES);
        if (plain === null) return;
        accepted += 1;
        // Just these bytes: a body of another length would be cut, or leave bytes that are no request.
        const byNode = await readByNode(bytes.subarray(0, plain.end));
        expect(byNode).toMatchObject({ method: 'POST', url: '/api/v1/order', body: plain.body });
        for (const [name, value] of Object.entries(plain.headers)) expect(byNode?.headers[name]).toBe(value);
      }),
      { numRuns: 1_500, seed: 7 },
    );
    expect(accepted).toBeGreaterThan(100);
  });
});
