import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { client, VenueGateway } from '../../testing/venue-gateway.ts';
import { CAPITAL_ROUTES } from '../capital/capital-routes.ts';
import { BACKSTOP_ROUTES } from './backstop-routes.ts';

const PERP = 'SOL_USDC_PERP';
const owner = client(1);
let gateway: VenueGateway;
beforeAll(async () => {
  gateway = await VenueGateway.start({ routes: [...BACKSTOP_ROUTES, ...CAPITAL_ROUTES] });
  await gateway.ask(owner, 'GET /api/v1/capital');
});
afterAll(() => gateway.stop());

const OFFER = { symbol: PERP, capital: '10000', maxNotional: '25000', maxPerMinute: '5000', maxPerHour: '20000' };
const put = (body: object) => gateway.ask(owner, 'PUT /api/v1/backstop', { body });
const read = async (path: string) => (await gateway.send('GET', path)).json;

describe('PUT and GET /api/v1/backstop', () => {
  it('offer, show what is used, and take back after a notice', async () => {
    expect((await gateway.ask(owner, 'GET /api/v1/backstop')).json).toEqual([]);
    const posting = { ...OFFER, carried: '0', takenInMinute: '0', takenInHour: '0', free: '5000', notice: null };
    expect(await put(OFFER)).toMatchObject({ status: 200, json: [posting] });
    expect((await gateway.ask(owner, 'GET /api/v1/backstop')).json).toEqual([posting]);
    const less = { ...OFFER, capital: '0', maxNotional: '0', maxPerMinute: '0', maxPerHour: '0' };
    expect((await put(less)).json).toMatchObject([
      { ...OFFER, free: '5000', notice: { capital: '0', maxNotional: '0', maxPerMinute: '0', maxPerHour: '0' } },
    ]);
    expect((await put(OFFER)).json).toEqual([posting]);
  });

  it('are public as what all offer together', async () => {
    const rows = await read('/api/v1/backstop/capacity');
    expect(rows).toContainEqual({ symbol: PERP, providers: 1, capital: '10000', maxNotional: '25000', free: '5000' });
    expect(rows).toContainEqual({ symbol: 'SOL_USDC', providers: 0, capital: '0', maxNotional: '0', free: '0' });
  });

  it.each<[object, string, string]>([
    [{ ...OFFER, capital: '100000000' }, 'INSUFFICIENT_MARGIN', 'capital to be ring-fenced must be there'],
    [{ ...OFFER, symbol: 'DOGE_USDC' }, 'INVALID_MARKET', 'Invalid market symbol'],
    [{ ...OFFER, maxNotional: '-1' }, 'INVALID_QUANTITY', 'at least 0'],
    [{ ...OFFER, capital: 5 }, 'INVALID_CLIENT_REQUEST', 'capital is the number 5'],
    [{ symbol: PERP, capital: '5' }, 'INVALID_CLIENT_REQUEST', 'maxNotional is missing'],
  ])('refuse %j', async (body, code, words) => {
    expect((await put(body)).json).toMatchObject({ code, message: expect.stringContaining(words) });
  });
});

describe('the fund', () => {
  it('is shown with its limit, and after each settlement', async () => {
    const fund = await read('/api/v1/fund');
    expect(fund).toMatchObject({ balance: '1000000', netEquity: '1000000', maintenanceMargin: '0', maxNotional: '250000' });
    expect(fund).toMatchObject({
      markets: expect.arrayContaining([{ symbol: PERP, notional: '0', freeToBuy: '250000', freeToSell: '250000' }]),
    });
    expect(await read('/api/v1/fund/history')).toBeInstanceOf(Array);
  });
});

describe('GET and POST /api/v1/debtNotes', () => {
  it('list none where none was written, and know no other', async () => {
    expect((await gateway.ask(owner, 'GET /api/v1/debtNotes')).json).toEqual([]);
    const { status, json } = await gateway.ask(owner, 'POST /api/v1/debtNotes', { body: { id: 7, quantity: '1' } });
    expect([status, json]).toEqual([404, expect.objectContaining({ code: 'RESOURCE_NOT_FOUND', message: 'Debt note 7 Not Found' })]);
  });
});
