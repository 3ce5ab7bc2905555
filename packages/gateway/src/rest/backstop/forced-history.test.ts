import { createSqliteHistory } from '@mochila/history-sql';
import type { HistoryStore } from '@mochila/ports';
import { HistoryFold, marketFactsOf } from '@mochila/projections';
import { commands, type EngineEvent, events, FundMove } from '@mochila/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tradableGenesis, VenueGateway } from '../../testing/venue-gateway.ts';
import { BACKSTOP_ROUTES } from './backstop-routes.ts';

const genesis = tradableGenesis();
const ixOf = (list: readonly { symbol: string }[], symbol: string) => list.findIndex((one) => one.symbol === symbol);
const perp = ixOf(genesis.markets, 'BTC_USDC_PERP');
const usdc = ixOf(genesis.assets, 'USDC');
const ACCOUNT = 8_151;

let history: HistoryStore;
let gateway: VenueGateway;
beforeAll(async () => {
  history = createSqliteHistory({ file: ':memory:' });
  await history.open(genesis.venueId);
  const fold = new HistoryFold(marketFactsOf(genesis));
  const add = (seq: number, ...told: EngineEvent[]) =>
    fold.add({ seq, timeMicros: 1_760_000_000_000_000 + seq * 1e6, commandCode: commands.liquidate.code, rejectCode: 0, events: told });
  const moved = (move: number, amountAtoms: number): EngineEvent => ({
    name: 'fundMoved',
    fields: { move, account: ACCOUNT, asset: usdc, amountAtoms },
  });
  const closed = (takenLots: number): EngineEvent => ({
    name: 'deleveraged',
    fields: {
      ...events.deleveraged.defaults,
      account: ACCOUNT,
      market: perp,
      neededLots: takenLots,
      takenLots,
      markTicks: 576_416,
      priceTicks: 576_801,
      deficitAtoms: 19_250_000,
      cashAtoms: 40,
      winners: 3,
    },
  });
  add(1, moved(FundMove.Grant, 5_000_000));
  add(2, moved(FundMove.Fee, 35_940_000), closed(50));
  add(3, closed(7), moved(FundMove.DebtPaid, -1_500_000));
  const piece = fold.take();
  if (piece !== null) await history.write(piece);
  gateway = await VenueGateway.start({ routes: BACKSTOP_ROUTES, history, genesis });
});
afterAll(async () => {
  await gateway.stop();
  await history.close();
});

async function read(path: string): Promise<{ rows: readonly unknown[]; total: string | null; text: string }> {
  const { json, headers } = await gateway.send('GET', path);
  return { rows: Array.isArray(json) ? json : [], total: headers.get('x-total'), text: JSON.stringify(json) };
}

describe('GET /api/v1/deleveragings', () => {
  it('lists what was needed, taken and beyond it, newest first, without a name', async () => {
    const { rows, total, text } = await read('/api/v1/deleveragings');
    expect([total, rows.length]).toEqual(['2', 2]);
    expect(rows[1]).toMatchObject({
      id: '2-1',
      timestamp: '2025-10-09T08:53:22.000000',
      symbol: 'BTC_USDC_PERP',
      needed: '0.0005',
      taken: '0.0005',
      overshoot: '0',
      markPrice: '57641.6',
      price: '57680.1',
      deficit: '19.25',
      cash: '0.00004',
      left: '0',
      winners: 3,
    });
    expect(text).not.toMatch(/account|user|8151/i);
  });

  it('is asked for by market and time, page by page', async () => {
    const { rows } = await read('/api/v1/deleveragings');
    expect((await read('/api/v1/deleveragings?symbol=BTC_USDC_PERP&limit=1')).rows).toEqual(rows.slice(0, 1));
    expect((await read('/api/v1/deleveragings?symbol=SOL_USDC_PERP')).rows).toEqual([]);
    expect((await read('/api/v1/deleveragings?to=1760000003000')).rows).toEqual(rows.slice(1));
    expect((await gateway.send('GET', '/api/v1/deleveragings?symbol=DOGE_USDC_PERP')).json).toMatchObject({ code: 'INVALID_MARKET' });
  });
});

describe('GET /api/v1/fund/moves', () => {
  it('lists what the fund received and paid, without a name', async () => {
    const { rows, text } = await read('/api/v1/fund/moves');
    expect(rows).toEqual([
      { id: '3-1', timestamp: '2025-10-09T08:53:23.000000', kind: 'DebtPaid', symbol: 'USDC', quantity: '-1.5' },
      { id: '2-0', timestamp: '2025-10-09T08:53:22.000000', kind: 'Fee', symbol: 'USDC', quantity: '35.94' },
      { id: '1-0', timestamp: '2025-10-09T08:53:21.000000', kind: 'Grant', symbol: 'USDC', quantity: '5' },
    ]);
    expect(text).not.toMatch(/account|user|8151/i);
  });

  it('is asked for by kind, asset and time', async () => {
    const { rows } = await read('/api/v1/fund/moves');
    expect((await read('/api/v1/fund/moves?kind=Fee&symbol=USDC')).rows).toEqual(rows.slice(1, 2));
    expect((await read('/api/v1/fund/moves?symbol=SOL')).rows).toEqual([]);
    expect((await read('/api/v1/fund/moves?from=1760000003000')).rows).toEqual(rows.slice(0, 1));
    expect((await gateway.send('GET', '/api/v1/fund/moves?kind=Other')).json).toMatchObject({ code: 'INVALID_CLIENT_REQUEST' });
  });
});
