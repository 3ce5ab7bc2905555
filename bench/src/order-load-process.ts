// The process that sends orders: it signs them all first and then only writes and counts, so that neither the work of clients
// nor their garbage is in the venue's figures. Started by `order-load.ts`, which says what to send.
import { connect, type Socket } from 'node:net';
import { encodeBase64, type Signer, signRequest } from '@mochila/protocol';
import sodium from 'sodium-native';
import type { OrderLoadAnswer, OrderLoadTask } from './order-load.ts';

/** Signatures are made within the first part of the window that the venue allows. */
const WINDOW_MS = 60_000;
const HEAD_END = Buffer.from('\r\n\r\n');
const LENGTH = /\r\ncontent-length: (\d+)/i;

let task: OrderLoadTask | undefined;
let requests: Buffer[] = [];
/** Times of answers in milliseconds. */
const times: number[] = [];

process.on('message', (message: OrderLoadTask | 'go') => {
  if (message === 'go') {
    sendAll().then(
      () => undefined,
      (error: unknown) => tell({ kind: 'failed', reason: String(error) }),
    );
    return;
  }
  task = message;
  requests = makeRequests(message);
  tell({ kind: 'ready' });
});

function tell(answer: OrderLoadAnswer): void {
  process.send?.(answer);
}

function makeRequests({ orders, perRequest, keys, firstId, price }: OrderLoadTask): Buffer[] {
  const signers = Array.from({ length: keys }, (_, at) => signerOf(at));
  const made: Buffer[] = [];
  for (let at = 0; at < orders; at += perRequest) {
    const signer = signers[made.length % signers.length];
    if (signer === undefined) throw new RangeError('there is at least one key');
    const list = Array.from({ length: perRequest }, (_, position) => orderOf(price, firstId + at + position));
    made.push(encodeRequest(signer, perRequest === 1 ? '/api/v1/order' : '/api/v1/orders', perRequest === 1 ? (list[0] ?? {}) : list));
  }
  return made;
}

function orderOf(price: string, clientId: number): object {
  return { symbol: 'SOL_USDC_PERP', side: 'Bid', orderType: 'Limit', price, quantity: '1', timeInForce: 'IOC', clientId };
}

function encodeRequest(signer: Signer, path: string, body: object | readonly object[]): Buffer {
  const signed = signRequest(signer, { instruction: 'orderExecute', body, timestampMs: Date.now(), windowMs: WINDOW_MS });
  const text = JSON.stringify(body);
  const headers = Object.entries({ Host: '127.0.0.1', ...signed, 'Content-Type': 'application/json', 'Content-Length': text.length });
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${text}`);
}

function signerOf(at: number): Signer {
  const seed = Buffer.alloc(sodium.crypto_sign_SEEDBYTES, 7);
  seed.writeUInt32BE(at + 1, 0);
  const publicKey = Buffer.alloc(sodium.crypto_sign_PUBLICKEYBYTES);
  const secretKey = Buffer.alloc(sodium.crypto_sign_SECRETKEYBYTES);
  sodium.crypto_sign_seed_keypair(publicKey, secretKey, seed);
  const sign = (text: string): string => {
    const signature = Buffer.alloc(sodium.crypto_sign_BYTES);
    sodium.crypto_sign_detached(signature, Buffer.from(text), secretKey);
    return encodeBase64(signature);
  };
  return { apiKey: encodeBase64(publicKey), sign };
}

async function sendAll(): Promise<void> {
  if (task === undefined) throw new Error('nothing was said about what to send');
  const { port, connections, inFlight } = task;
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: connections }, () => serveConnection(port, inFlight)));
  const seconds = (performance.now() - startedAt) / 1_000;
  times.sort((left, right) => left - right);
  tell({ kind: 'done', seconds, medianMs: times[times.length >> 1] ?? 0 });
}

/** Keeps `inFlight` requests on their way over one connection until there are no more. */
function serveConnection(port: number, inFlight: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    /** When each request on its way was sent, the oldest first. */
    const open: number[] = [];
    let rest: Buffer = Buffer.alloc(0);
    const fill = (): void => {
      const batch: Buffer[] = [];
      for (let next = requests.pop(); next !== undefined; next = requests.pop()) {
        batch.push(next);
        open.push(performance.now());
        if (open.length >= inFlight) break;
      }
      if (batch.length > 0) socket.write(Buffer.concat(batch));
      else if (open.length === 0) socket.end(() => resolve());
    };
    socket.once('connect', fill);
    socket.once('error', reject);
    socket.once('close', () => open.length > 0 && reject(new Error('the venue closed a connection')));
    socket.on('data', (chunk) => {
      const taken = takeAnswers(rest.length === 0 ? chunk : Buffer.concat([rest, chunk]), socket, reject);
      rest = taken.rest;
      if (taken.count === 0) return;
      const now = performance.now();
      for (const sentAt of open.splice(0, taken.count)) times.push(now - sentAt);
      fill();
    });
  });
}

function takeAnswers(bytes: Buffer, socket: Socket, reject: (error: Error) => void): { readonly count: number; readonly rest: Buffer } {
  let from = 0;
  for (let count = 0; ; count += 1) {
    const headEnd = bytes.indexOf(HEAD_END, from);
    if (headEnd < 0) return { count, rest: bytes.subarray(from) };
    const head = bytes.toString('latin1', from, headEnd);
    const end = headEnd + HEAD_END.length + Number(LENGTH.exec(head)?.[1] ?? 0);
    if (end > bytes.length) return { count, rest: bytes.subarray(from) };
    if (!head.startsWith('HTTP/1.1 200 ') || bytes.indexOf('"operation":"Err"', headEnd) >= 0) {
      reject(new Error(`an order was refused: ${head.slice(0, 20)} ${bytes.toString('utf8', headEnd, end)}`));
      socket.destroy();
    }
    from = end;
  }
}
