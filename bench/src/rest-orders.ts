/**
 * Signed orders end to end: HTTP, signature, ring, journal with fdatasync, engine, answer, history; per second of the venue's
 * CPU, all its threads counted, beside bare signature checks per second of CPU in the same run.
 */
import { startVenueProcess } from '@mochila/testkit';
import sodium from 'sodium-native';
import { type Figure, figure } from './figures.ts';
import { measureOrderLoad, type OrderLoadTask } from './order-load.ts';

/** Floor and aim of the ratio. */
const FLOOR = 0.45;
const AIM = 0.6;
const CHECKS = 10_000;
/** Orders that one account may send in this run: less than its budget of 2,000 requests a minute. */
const REQUESTS_PER_KEY = 1_000;
const BATCH_ORDERS = 20;

/** How clients send. */
type Manner = Pick<OrderLoadTask, 'perRequest' | 'connections' | 'inFlight'>;

const ONE_BY_ONE: Manner = { perRequest: 1, connections: 64, inFlight: 1 };
const PIPELINED: Manner = { perRequest: 1, connections: 16, inFlight: 8 };
const IN_BATCHES: Manner = { perRequest: BATCH_ORDERS, connections: 16, inFlight: 1 };

/** How many orders are measured; the warm-up before is for compilers and key registrations. */
export interface RestOrders {
  readonly warmUp: number;
  readonly orders: number;
  /** Whether pipelining clients and batches are measured too. */
  readonly isWhole: boolean;
}

/** Sends orders of many keys over kept connections to a venue with fresh data. */
export async function measureRestOrders({ warmUp, orders, isWhole }: RestOrders): Promise<Figure[]> {
  const venue = await startVenueProcess();
  try {
    const price = await priceFarBelow(venue.url);
    const keys = Math.ceil((warmUp + orders * (isWhole ? 2 : 1)) / REQUESTS_PER_KEY);
    let firstId = 1;
    const measure = async (name: string, count: number, manner: Manner, floor: number | null, aim: number | null): Promise<Figure> => {
      const before = checksPerCpuSecond();
      const cost = await measureOrderLoad(venue.url, { price, orders: count, keys, firstId, ...manner });
      firstId += count;
      const checks = (before + checksPerCpuSecond()) / 2;
      const shown = `${cost.ordersPerCpuSecond.toFixed(0)} orders against ${checks.toFixed(0)} checks a CPU-second`;
      const rate = `${cost.ordersPerSecond.toFixed(0)} orders/s over ${manner.connections} connections, median answer ${cost.medianMs.toFixed(1)} ms`;
      return figure(name, cost.ordersPerCpuSecond / checks, 'x bare checks', floor, aim, `${shown}; ${rate}`);
    };
    await measure('warm-up', warmUp, ONE_BY_ONE, null, null);
    const figures = [await measure('signed REST orders per CPU-second', orders, ONE_BY_ONE, FLOOR, AIM)];
    if (!isWhole) return figures;
    figures.push(await measure(`signed REST orders per CPU-second, ${PIPELINED.inFlight} pipelined`, orders, PIPELINED, null, null));
    figures.push(await measure(`REST orders per CPU-second, ${BATCH_ORDERS} to a signed batch`, orders, IN_BATCHES, null, null));
    return figures;
  } finally {
    await venue.stop();
  }
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
