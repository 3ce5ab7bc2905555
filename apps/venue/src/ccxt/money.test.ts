import { startVenueProcess, type VenueProcess } from '@mochila/testkit';
import ccxt from 'ccxt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askUntil, type CcxtUser, openCcxtUser, roundPrice } from '../testing/ccxt-user.ts';

const ADDRESS = '5xot9PVkphiX2adznghwrAuxGs2zeWisNSxMW6hU6Hkj';
const SPOT = 'SOL/USDC';

let venue: VenueProcess;
let user: CcxtUser;
let price: number;
const beganMs = Date.now();
beforeAll(async () => {
  venue = await startVenueProcess();
  user = await openCcxtUser(venue.url, 1);
  price = await roundPrice(user);
  await user.fetchBalance();
});
afterAll(() => venue.stop());

describe('money that comes and goes over ccxt', () => {
  it('comes in by deposits, the first being those of the faucet', async () => {
    const deposits = await askUntil(
      () => user.fetchDeposits(),
      (found) => found.length === 4,
    );
    expect(Object.fromEntries(deposits.map(({ currency, amount }) => [currency, amount]))).toEqual({
      USDC: 100_000,
      BTC: 2,
      ETH: 20,
      SOL: 500,
    });
    for (const { status, timestamp } of deposits) {
      expect(status).toBe('ok');
      expect(Number(timestamp)).toBeLessThanOrEqual(Date.now());
    }
    const some = await user.fetchDeposits('USDC', beganMs, 10, { until: Date.now() + 60_000 });
    expect(some).toMatchObject([{ currency: 'USDC', amount: 100_000 }]);
  });

  it('has an address for each network, the same each time', async () => {
    const { address } = await user.fetchDepositAddress('USDC', { network: 'SOL' });
    expect(address).toMatch(/^.{20,}$/);
    expect((await user.fetchDepositAddress('USDC', { network: 'SOL' })).address).toBe(address);
    expect((await user.fetchDepositAddress('USDC', { network: 'ERC20' })).address).not.toBe(address);
  });

  it('goes out by withdrawals, confirmed after seconds, their fee included', async () => {
    const asked = await user.withdraw('USDC', 25, ADDRESS, 'rent-3', { network: 'SOL' });
    expect(asked).toMatchObject({ currency: 'USDC', amount: 25, status: 'pending', network: 'SOL', addressTo: ADDRESS, internal: false });
    expect(asked.fee).toEqual({ cost: 0.5, currency: 'USDC' });
    const { free, used, total } = (await user.fetchBalance())['USDC'] ?? {};
    expect(Number(free) + Number(used)).toBe(total);
    const [done] = await askUntil(
      () => user.fetchWithdrawals('USDC', beganMs, 5, { until: Date.now() + 60_000 }),
      ([found]) => found?.status === 'ok',
    );
    expect(done).toMatchObject({ id: asked.id, amount: 25, currency: 'USDC', info: { clientId: 'rent-3' } });
    expect(done?.txid).toMatch(/^.{8,}$/);
    const after = await user.fetchBalance();
    // The fee is part of the quantity or on top of it, as the schema of the withdrawal says: together never more than both.
    expect(after['USDC']?.total).toBe(100_000 - 25);
  });
});

describe('refusals, as ccxt understands them', () => {
  it.each<[string, (by: CcxtUser) => Promise<unknown>, new (message: string) => Error]>([
    ['a price too far away', (by) => by.createOrder(SPOT, 'limit', 'buy', 0.1, 1), ccxt.InvalidOrder],
    ['money that is not there', (by) => by.createOrder(SPOT, 'limit', 'sell', 5_000, price), ccxt.InsufficientFunds],
    ['margin that is not there', (by) => by.createOrder('SOL/USDC:USDC', 'limit', 'buy', 100_000, price), ccxt.InsufficientFunds],
    ['a market that is none', (by) => by.publicGetApiV1Depth({ symbol: 'NOPE' }), ccxt.BadSymbol],
    ['an order that is none', (by) => by.fetchOpenOrder('1', SPOT), ccxt.ExchangeNotAvailable],
    ['a withdrawal beyond the balance', (by) => by.withdraw('USDC', 1e6, ADDRESS, undefined, { network: 'SOL' }), ccxt.InsufficientFunds],
    ['a withdrawal on a network without the asset', (by) => by.withdraw('BTC', 1, ADDRESS, undefined, { network: 'SOL' }), ccxt.BadRequest],
  ])('%s', async (_what, act, kind) => {
    await expect(act(user)).rejects.toBeInstanceOf(kind);
  });

  it('a signature by another key', async () => {
    const forger = await openCcxtUser(venue.url, 2);
    forger.apiKey = user.apiKey;
    await expect(forger.fetchBalance()).rejects.toBeInstanceOf(ccxt.AuthenticationError);
  });

  it('a request that comes too late', async () => {
    const late = await openCcxtUser(venue.url, 3);
    late.options['timeDifference'] = 70_000;
    await expect(late.fetchBalance()).rejects.toThrow('Request has expired');
    await expect(late.fetchBalance()).rejects.toBeInstanceOf(ccxt.BadRequest);
  });
});
