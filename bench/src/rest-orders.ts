/**
 * Signed orders end to end: HTTP, signature, ring, journal with fdatasync, engine, answer; per second of the venue's CPU,
 * all its threads counted, beside bare signature checks per second of CPU in this process.
 */
import { Agent, request as httpRequest } from 'node:http';
import { createSigner, encodeBase64, type Signer, signRequest } from '@mochila/protocol';
import { startVenueProcess } from '@mochila/testkit';
import sodium from 'sodium-native';
import { type Figure, figure } from './figures.ts';

/** Floor and aim of the ratio. */
const FLOOR = 0.45;
const AIM = 0.6;
const SOCKETS = 64;
const WARM_UP = 0.25;
const CHECKS = 20_000;

/** Sends orders of several keys over kept connections. @param orders - in all, a quarter more before them to warm up; at most 1,500 a key and minute pass. */
export async function measureRestOrders(orders: number): Promise<Figure> {
  const venue = await startVenueProcess();
  const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS });
  try {
    const warmUp = Math.ceil(orders * WARM_UP);
    const signers = Array.from({ length: Math.ceil((orders + warmUp) / 1_000) }, (_, at) => signerOf(at));
    const price = await priceFarBelow(venue.url);
    await sendAll(venue.url, agent, signers, price, 0, warmUp);
    const cpuBefore = await cpuSecondsOf(venue.url);
    const startedAt = performance.now();
    await sendAll(venue.url, agent, signers, price, warmUp, orders);
    const seconds = (performance.now() - startedAt) / 1_000;
    const perCpuSecond = orders / ((await cpuSecondsOf(venue.url)) - cpuBefore);
    const checks = checksPerCpuSecond();
    const note = `${perCpuSecond.toFixed(0)} orders against ${checks.toFixed(0)} checks a CPU-second; ${(orders / seconds).toFixed(0)} orders/s over ${SOCKETS} sockets`;
    return figure('signed REST orders per CPU-second', perCpuSecond / checks, 'x bare checks', FLOOR, AIM, note);
  } finally {
    agent.destroy();
    await venue.stop();
  }
}

function signerOf(at: number): Signer {
  const seed = new Uint8Array(32).fill(7);
  new DataView(seed.buffer).setUint32(0, at + 1);
  return createSigner(encodeBase64(seed));
}

/** Orders that never fill: immediate-or-cancel, a tenth below the mark. */
async function priceFarBelow(url: string): Promise<string> {
  for (let tries = 0; tries < 50; tries += 1) {
    const answer: unknown = await (await fetch(`${url}/api/v1/markPrices?symbol=SOL_USDC_PERP`)).json();
    const row: unknown = Array.isArray(answer) ? answer[0] : undefined;
    const mark = typeof row === 'object' && row !== null && 'markPrice' in row ? Number(row.markPrice) : 0;
    if (mark > 0) return (mark * 0.9).toFixed(1);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the venue shows no mark price after 5 s');
}

async function sendAll(url: string, agent: Agent, signers: readonly Signer[], price: string, from: number, count: number): Promise<void> {
  let next = from;
  const lane = async (): Promise<void> => {
    while (next < from + count) {
      const at = next;
      next += 1;
      const signer = signers[at % signers.length];
      if (signer === undefined) throw new RangeError('there is at least one signer');
      await sendOrder(url, agent, signer, price, at);
    }
  };
  await Promise.all(Array.from({ length: SOCKETS }, lane));
}

function sendOrder(url: string, agent: Agent, signer: Signer, price: string, clientId: number): Promise<void> {
  const order = { symbol: 'SOL_USDC_PERP', side: 'Bid', orderType: 'Limit', price, quantity: '1', timeInForce: 'IOC', clientId };
  const body = JSON.stringify(order);
  const signed = signRequest(signer, { instruction: 'orderExecute', body: order, timestampMs: Date.now() });
  const headers = { ...signed, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${url}/api/v1/order`, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`an order was answered with ${response.statusCode}`));
      });
    });
    request.once('error', reject);
    request.end(body);
  });
}

async function cpuSecondsOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const found = /^process_cpu_seconds_total(?:\{[^}]*\})? ([\d.e+-]+)/m.exec(text)?.[1];
  if (found === undefined) throw new Error('the venue does not tell its CPU time at /metrics');
  return Number(found);
}

function checksPerCpuSecond(): number {
  const publicKey = Buffer.alloc(sodium.crypto_sign_PUBLICKEYBYTES);
  const secretKey = Buffer.alloc(sodium.crypto_sign_SECRETKEYBYTES);
  sodium.crypto_sign_keypair(publicKey, secretKey);
  const message = Buffer.alloc(220, 'm');
  const signature = Buffer.alloc(sodium.crypto_sign_BYTES);
  sodium.crypto_sign_detached(signature, message, secretKey);
  const before = process.cpuUsage();
  for (let at = 0; at < CHECKS; at += 1) {
    if (!sodium.crypto_sign_verify_detached(signature, message, publicKey)) throw new Error('a good signature was found bad');
  }
  const { user, system } = process.cpuUsage(before);
  return CHECKS / ((user + system) / 1e6);
}
