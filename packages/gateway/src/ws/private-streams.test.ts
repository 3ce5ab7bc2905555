import { createSigner, decodeBase64, encodeBase64, Permission, Side, type Signer, TimeInForce, TriggerBy } from '@mochila/protocol';
import { requireDone, type TestPerson } from '@mochila/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BalanceUpdateEvent, OrderUpdateEvent, PositionUpdateEvent } from '../schemas/stream-private.ts';
import { StreamClient } from '../testing/stream-client.ts';
import { StreamGateway } from '../testing/stream-gateway.ts';

const PERP = 'SOL_USDC_PERP';
const ORDERS = 'account.orderUpdate';
const POSITIONS = 'account.positionUpdate';
const BALANCES = 'account.balanceUpdate';
const alice = createSigner(encodeBase64(new Uint8Array(32).fill(41)));
const bob = createSigner(encodeBase64(new Uint8Array(32).fill(42)));
const carol = createSigner(encodeBase64(new Uint8Array(32).fill(43)));

let gateway: StreamGateway;
let maker: TestPerson;
let taker: TestPerson;
beforeAll(async () => {
  gateway = await StreamGateway.start({ rules: { accounts: { updatesMax: 12, idleAccountsMax: 5, idleMs: 60_000 } } });
  maker = await personOf(bob);
  taker = await personOf(alice);
});
afterAll(() => gateway.stop());

let client: StreamClient;
beforeEach(async () => {
  client = await StreamClient.open(gateway.wsUrl);
  return () => client.close();
});

function personOf(signer: Signer): Promise<TestPerson> {
  return gateway.venue.person(decodeBase64(signer.apiKey) ?? new Uint8Array(0));
}

async function listen(signer: Signer, params: readonly string[], more: object = {}): Promise<void> {
  await client.subscribe(params, { signature: gateway.proof(signer), ...more });
}

function orderIdOf(outcome: { result: number[] }): number {
  return outcome.result[2] ?? 0;
}

async function placed(person: TestPerson, side: Side, lots: number, ticks: number, more: object = {}): Promise<number> {
  return orderIdOf(requireDone(await gateway.venue.place(person, { market: PERP, side, lots, ticks }, more)));
}

function orders(): OrderUpdateEvent[] {
  return client.of(ORDERS).map((data) => OrderUpdateEvent.parse(data));
}

async function flatten(): Promise<void> {
  for (const person of [maker, taker]) await gateway.venue.as(person, 'cancelAllOrders', { market: gateway.venue.market(PERP) });
  const [position] = await gateway.engine.ask('positions', { account: taker.account });
  if (position === undefined) return;
  const lots = Math.abs(position.sizeLots);
  await placed(maker, position.sizeLots > 0 ? Side.Bid : Side.Ask, lots, 15_000);
  await placed(taker, position.sizeLots > 0 ? Side.Ask : Side.Bid, lots, 15_000);
}

describe('the stream of orders', () => {
  it('tells an order from its acceptance through fills of both sides to its cancellation', async () => {
    await listen(bob, [ORDERS, `${ORDERS}.${PERP}`, `${ORDERS}.BTC_USDC_PERP`]);
    const id = await placed(maker, Side.Ask, 10, 15_020, { clientId: 7, isPostOnly: 1 });
    await placed(taker, Side.Bid, 4, 15_020);
    await gateway.venue.cancel(maker, PERP, id);
    await client.take(ORDERS, 3);
    expect(orders()).toMatchObject([
      {
        e: 'orderAccepted',
        i: String(id),
        c: 7,
        S: 'Ask',
        o: 'LIMIT',
        f: 'GTC',
        q: '0.1',
        p: '150.2',
        X: 'New',
        z: '0',
        Z: '0',
        y: true,
        O: 'USER',
      },
      { e: 'orderFill', X: 'PartiallyFilled', l: '0.04', L: '150.2', m: true, N: 'USDC', z: '0.04', Z: '6.008', n: '0.001202' },
      { e: 'orderCancelled', X: 'Cancelled', z: '0.04' },
    ]);
    expect(client.of(`${ORDERS}.${PERP}`)).toEqual(client.of(ORDERS));
    expect(client.of(`${ORDERS}.BTC_USDC_PERP`)).toEqual([]);
    const seqs = orders().map(({ seq }) => seq);
    expect(seqs).toEqual([...seqs].sort((one, other) => one - other));
    expect(new Set(seqs).size).toBe(3);
    await flatten();
  });

  it('tells the taker of fills, and of what expired', async () => {
    await placed(maker, Side.Ask, 5, 15_020);
    await listen(alice, [ORDERS]);
    await placed(taker, Side.Bid, 8, 15_020, { timeInForce: TimeInForce.IOC });
    await client.take(ORDERS, 3);
    expect(orders()).toMatchObject([
      { e: 'orderAccepted', f: 'IOC' },
      { e: 'orderFill', m: false, l: '0.05' },
      { e: 'orderExpired', X: 'Expired', R: 'ImmediateOrCancel', z: '0.05' },
    ]);
    await flatten();
  });

  it('tells that a reduce-only order shrank', async () => {
    await placed(maker, Side.Ask, 10, 15_000);
    await placed(taker, Side.Bid, 10, 15_000);
    await listen(alice, [ORDERS]);
    const resting = await placed(taker, Side.Ask, 10, 15_050, { isReduceOnly: 1 });
    await placed(maker, Side.Bid, 6, 14_990);
    await placed(taker, Side.Ask, 6, 14_990);
    await client.until(() => orders().some(({ e }) => e === 'orderModified'), 'a modified order');
    expect(orders().find(({ e }) => e === 'orderModified')).toMatchObject({ i: String(resting), q: '0.04', r: true });
    await flatten();
  });

  it('tells that a trigger was placed, and that it failed', async () => {
    await placed(maker, Side.Ask, 10, 15_000);
    await placed(taker, Side.Bid, 10, 15_000);
    await listen(alice, [ORDERS]);
    const trigger = {
      triggerBy: TriggerBy.MarkPrice,
      triggerPriceTicks: 15_300,
      triggerQuantity: 1_000_000,
      triggerIsPercent: 1,
      isReduceOnly: 1,
    };
    const id = await placed(taker, Side.Ask, 0, 0, { ...trigger, timeInForce: TimeInForce.IOC });
    await client.take(ORDERS, 1);
    expect(orders()[0]).toMatchObject({
      e: 'triggerPlaced',
      i: String(id),
      o: 'MARKET',
      P: '153',
      B: 'MarkPrice',
      Y: '100%',
      X: 'TriggerPending',
    });
    await flatten();
    gateway.venue.usd.set('SOL', 160);
    await gateway.venue.passSeconds(20);
    await client.until(() => orders().some(({ e, i }) => e !== 'triggerPlaced' && i === String(id)), 'the end of the trigger');
    expect(orders().find(({ e, i }) => e !== 'triggerPlaced' && i === String(id))?.e).toMatch(/triggerFailed|orderCancelled|orderExpired/);
    gateway.venue.usd.set('SOL', 150);
    await gateway.venue.passSeconds(20);
  });
});

describe('the streams of positions and balances', () => {
  it('begin with the positions there are, without `e`, and tell every change', async () => {
    await placed(maker, Side.Ask, 10, 15_000);
    await placed(taker, Side.Bid, 10, 15_000);
    await listen(alice, [POSITIONS, `${POSITIONS}.BTC_USDC_PERP`]);
    const [start] = (await client.take(POSITIONS, 1)).map((data) => PositionUpdateEvent.parse(data));
    expect(start).not.toHaveProperty('e');
    expect(start).toMatchObject({ s: PERP, q: '0.1', Q: '0.1', B: '150', n: '15', f: '0.05', m: '0.0125', l: '0' });
    await flatten();
    await client.until(() => client.of(POSITIONS).some(({ e }) => e === 'positionClosed'), 'the end of the position');
    for (const data of client.of(POSITIONS)) PositionUpdateEvent.parse(data);
    expect(client.of(POSITIONS).find(({ e }) => e === 'positionClosed')).toMatchObject({ q: '0', B: '0', i: start?.i });
    expect(client.of(`${POSITIONS}.BTC_USDC_PERP`)).toEqual([]);
    await placed(maker, Side.Ask, 2, 15_000);
    await placed(taker, Side.Bid, 2, 15_000);
    await client.until(() => client.of(POSITIONS).some(({ e }) => e === 'positionOpened'), 'a new position');
    await flatten();
  });

  it('tell balances as they are after a change, and nothing of others', async () => {
    await listen(alice, [BALANCES, 'account.rfqUpdate']);
    const id = orderIdOf(await gateway.venue.place(taker, { market: 'SOL_USDC', side: Side.Bid, lots: 100, ticks: 14_000 }));
    const [held] = (await client.take(BALANCES, 1)).map((data) => BalanceUpdateEvent.parse(data));
    expect(held).toMatchObject({ e: 'balanceUpdate', s: 'USDC', locked: expect.stringMatching(/^140/), staked: '0' });
    const count = client.of(BALANCES).length;
    await gateway.venue.place(maker, { market: 'SOL_USDC', side: Side.Bid, lots: 100, ticks: 14_000 });
    await gateway.venue.cancel(taker, 'SOL_USDC', id);
    await client.take(BALANCES, count + 1);
    await client.settle();
    expect(client.of(BALANCES)).toHaveLength(count + 1);
    expect(client.of(BALANCES).at(-1)).toMatchObject({ s: 'USDC', locked: '0' });
    expect(client.of('account.rfqUpdate')).toEqual([]);
  });
});

describe('a private subscription', () => {
  it('goes on from a number without a gap', async () => {
    await listen(alice, [ORDERS]);
    const first = await placed(taker, Side.Bid, 1, 14_000);
    await client.take(ORDERS, 1);
    const seen = orders()[0]?.seq ?? 0;
    client.close();
    const missed = await placed(taker, Side.Bid, 1, 13_990);
    await gateway.venue.cancel(taker, PERP, first);
    client = await StreamClient.open(gateway.wsUrl);
    await listen(alice, [ORDERS], { resumeAfter: seen });
    const live = await placed(taker, Side.Bid, 1, 13_980);
    await client.take(ORDERS, 3);
    expect(orders().map(({ e, i }) => [e, i])).toEqual([
      ['orderAccepted', String(missed)],
      ['orderCancelled', String(first)],
      ['orderAccepted', String(live)],
    ]);
    await flatten();
  });

  it('says so when what came after a number is not kept any more, and is live all the same', async () => {
    await listen(alice, [ORDERS]);
    for (let round = 0; round < 15; round += 1) await placed(taker, Side.Bid, 1, 14_000 - round);
    await client.take(ORDERS, 15);
    const oldest = orders()[0]?.seq ?? 0;
    const other = await StreamClient.open(gateway.wsUrl);
    await expect(other.subscribe([ORDERS], { signature: gateway.proof(alice), resumeAfter: oldest })).rejects.toThrow('4010 Updates after');
    await placed(taker, Side.Bid, 1, 13_000);
    await other.take(ORDERS, 1);
    other.close();
    await flatten();
  });

  it('makes an account for a stranger in the sandbox, and is of one account a socket', async () => {
    await listen(carol, [ORDERS]);
    expect(gateway.keys.find(carol.apiKey)).toBeDefined();
    await expect(listen(alice, [BALANCES])).rejects.toThrow('4011 This socket carries the streams of another account');
  });

  it.each([
    ['forged', (proof: string[]) => [proof[0], `${'A'.repeat(86)}==`, proof[2], proof[3]], 4007],
    ['stale', (proof: string[]) => [proof[0], proof[1], String(Number(proof[2]) - 100_000), proof[3]], 4007],
    ['of no key', (proof: string[]) => ['abc', proof[1], proof[2], proof[3]], 4007],
  ])('that is %s is refused', async (_what, spoil, code) => {
    await expect(client.subscribe([ORDERS], { signature: spoil(gateway.proof(alice)) })).rejects.toThrow(String(code));
  });

  it('ends when its key is revoked', async () => {
    const dave = createSigner(encodeBase64(new Uint8Array(32).fill(44)));
    const publicKey = decodeBase64(dave.apiKey) ?? new Uint8Array(0);
    const { result } = requireDone(
      await gateway.venue.as(taker, 'createKey', { forAccount: taker.account, permissions: Permission.Read, publicKey }),
    );
    await listen(dave, [ORDERS]);
    requireDone(await gateway.venue.as(taker, 'revokeKey', { revokedKey: result[0] ?? -1 }));
    await client.until(() => client.errors().length > 0, 'an error');
    expect(client.errors()).toMatchObject([{ code: 4011, message: 'The key of the private streams was revoked.' }]);
    await placed(taker, Side.Bid, 1, 13_000);
    await client.settle();
    expect(orders()).toEqual([]);
    await flatten();
  });
});
