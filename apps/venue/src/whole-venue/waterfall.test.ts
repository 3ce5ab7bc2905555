/**
 * Every stage of the waterfall in a running venue, as its owners, the other side and everybody see it: prices are set, nobody
 * quotes, and whatever the venue does is read from REST, streams, history and receipts.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ReceiptKind } from '@mochila/protocol';
import {
  backstopCapacity,
  borrowLend,
  type Client,
  deleveragings,
  faucet,
  fundMoves,
  getAccount,
  getBackstop,
  getBalances,
  getFund,
  getReceipt,
  historyBorrowLend,
  historyFills,
  historyOrders,
  listBorrowLendPositions,
  listDebtNotes,
  listPositions,
  placeOrder,
  repayDebtNote,
  requestWithdrawal,
  transfer,
  updateBackstop,
} from '@mochila/sdk';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { changedDigits, renewed, unfound } from '../testing/changed-digits.ts';
import { rebuildRows } from '../testing/rebuilt-rows.ts';
import { ReceiptBook } from '../testing/receipt-book.ts';
import { runProgram } from '../testing/run-program.ts';
import { StreamDocument } from '../testing/stream-document.ts';
import { endAll, eventually, newDirectory, PATIENCE_MS, tellFailure } from '../testing/venue-run.ts';
import { bid, codeOf, forcedFills, restored, told } from '../testing/waterfall-asks.ts';
import { type HeardInPublic, type Person, WaterfallWorld } from '../testing/waterfall-world.ts';

const ADDRESS = '7YttLkHDoNj9wyDur5pM1ejNaAvT9X4eqaYcHQqtj2G5';
const LIMIT_MS = 240_000;

let world: WaterfallWorld;
/** Whoever is on the other side of what is opened, and lends what is borrowed. */
let house: Client;
let heardByAll: HeardInPublic;
const book = new ReceiptBook();
/** Somebody the venue acted on by itself, for the terminal. */
let noted: Person;

beforeAll(async () => {
  world = await WaterfallWorld.start();
  house = await world.user({ USDC: '5000000', LTC: '1000' });
  heardByAll = await world.hearInPublic();
}, LIMIT_MS);
afterEach(tellFailure);
afterAll(async () => {
  await endAll();
  await world.prices.close();
});

describe('stage 2', () => {
  it(
    'a provider who opted in takes the position, and its live capacity is public',
    async () => {
      const symbol = 'SOL_USDC_PERP';
      const provider = await world.user({ USDC: '100000' });
      const heard = await world.hear(provider);
      await updateBackstop(provider, { symbol, capital: '5000', maxNotional: '15000', maxPerMinute: '15000', maxPerHour: '15000' });
      const offered = async () => (await backstopCapacity(house)).find((row) => row.symbol === symbol);
      expect(await offered()).toMatchObject({ providers: 1, capital: '5000', free: '15000' });
      const { person, heard: owner } = await world.openLong(symbol, '18', '200', house);
      world.say('SOL', 190);

      const origin = 'LiquidatePositionOnBackstop';
      const taken = { symbol, quantity: '18', price: '190', fee: '0', systemOrderType: origin };
      expect(await forcedFills(person.own)).toMatchObject([{ ...taken, side: 'Ask' }]);
      expect((await historyFills(person.own, { fillType: 'Backstop' })).rows).toHaveLength(1);
      expect((await historyFills(person.own, { fillType: 'Adl' })).rows).toEqual([]);
      const [receipt] = await book.read(person.own, 'BackstopTransfer', owner);
      await told(owner.orders, { e: 'orderFill', S: 'Ask', O: 'BACKSTOP_LIQUIDITY_PROVIDER', r: true });
      await told(owner.positions, { e: 'positionClosed', q: '0' });

      expect((await historyFills(provider, { fillType: 'Backstop' })).rows).toMatchObject([{ ...taken, side: 'Bid' }]);
      expect((await historyOrders(provider)).rows).toMatchObject([{ symbol, side: 'Bid', status: 'Filled', systemOrderType: origin }]);
      await told(heard.orders, { e: 'orderFill', S: 'Bid', l: '18', L: '190', O: 'BACKSTOP_LIQUIDITY_PROVIDER' });
      await told(heard.positions, { e: 'positionOpened', s: symbol, q: '18', B: '190' });
      expect(await listPositions(provider)).toMatchObject([{ symbol, netQuantity: '18', entryPrice: '190' }]);
      const used = { carried: '3420', takenInMinute: '3420', takenInHour: '3420', free: '11580' };
      expect(await getBackstop(provider)).toMatchObject([{ symbol, capital: '5000', ...used }]);
      expect(await offered()).toMatchObject({ providers: 1, capital: '5000', free: '11580' });
      await told(heardByAll.liquidations, { s: symbol, S: 'Ask', q: '18', p: '190' });
      const charge = receipt?.lines.acts.find(({ act }) => act === 'Charge')?.amount;
      const [move] = (await fundMoves(house, { kind: 'Charge', limit: 1 })).rows;
      expect(Number(charge) / Number(move?.quantity)).toBeCloseTo(-3, 4);
    },
    LIMIT_MS,
  );

  it(
    'a provider pays a debt, and receives what it is worth',
    async () => {
      const symbol = 'LTC_USDC';
      const provider = await world.user({ USDC: '100000' });
      await updateBackstop(provider, { symbol, capital: '5000', maxNotional: '15000', maxPerMinute: '15000', maxPerHour: '15000' });
      const person = await world.person({ USDC: '6200' });
      const heard = await world.hear(person.own);
      await world.oweAway(person, 'LTC', '50');
      world.say('LTC', 112.5);
      const [receipt] = await book.read(person.own, 'BackstopDebt', heard);
      expect(receipt).toMatchObject({ kind: 'BackstopDebt', stage: '2', symbol, asset: 'LTC' });
      const [debt] = (await listBorrowLendPositions(provider)).filter((row) => row.symbol === 'LTC');
      const paid = receipt?.lines.acts.find(({ act }) => act === 'DebtPaid')?.amount;
      // To the atom what was paid, and the interest since then.
      expect(-Number(debt?.netQuantity)).toBeGreaterThanOrEqual(Number(paid));
      expect(-Number(debt?.netQuantity)).toBeCloseTo(Number(paid), 5);
      const { rows } = await historyBorrowLend(provider, { sources: 'LiquidationBackstop', symbol: 'LTC' });
      expect(rows).toMatchObject([{ eventType: 'Borrow', source: 'LiquidationBackstop', quantity: paid }]);
      expect((await getBackstop(provider))[0]?.carried).not.toBe('0');
    },
    LIMIT_MS,
  );
});

describe('stage 3', () => {
  it(
    'the fund takes a part; meanwhile the account is flagged and may only lower its risk',
    async () => {
      const symbol = 'ETH_USDC_PERP';
      const { person, heard } = await world.openLong(symbol, '0.9', '4000', house);
      const { own, main } = person;
      const rest = await placeOrder(own, { ...bid(symbol, '0.9', '4400'), side: 'Ask', reduceOnly: true });
      await placeOrder(house, bid(symbol, '0.01', '3817'));
      const restId = typeof rest === 'string' ? rest : rest.id;
      world.say('ETH', 3_819);
      await told(heard.orders, { e: 'orderExpired', i: restId, R: 'Liquidation', O: 'USER' });
      // All at once: the book is offered the position for a few seconds, then the account is restored.
      const tried = await Promise.all([
        getAccount(own).then(({ liquidating }) => liquidating),
        codeOf(placeOrder(own, bid(symbol, '0.1', '3820'))),
        codeOf(borrowLend(own, { symbol: 'LTC', side: 'Borrow', quantity: '0.1' })),
        codeOf(transfer(own, { symbol: 'USDC', quantity: '1', toSubaccountId: 0 })),
        codeOf(requestWithdrawal(main, { symbol: 'USDC', quantity: '10', blockchain: 'Solana', address: ADDRESS })),
      ]);
      expect(tried).toEqual([true, ...Array.from({ length: 4 }, () => 'ACCOUNT_LIQUIDATING')]);
      const taken = await book.read(own, 'FundTransfer', heard);
      expect(taken.map(({ kind }) => kind)).toEqual(['FundTransfer', 'BookSlice', 'OrderCancel']);
      const [fill, sold] = await forcedFills(own);
      expect(fill).toMatchObject({ symbol, side: 'Ask', price: '3819', systemOrderType: 'LiquidatePositionOnBackstop' });
      expect(sold).toMatchObject({ symbol, side: 'Ask', price: '3817', systemOrderType: 'LiquidatePositionOnBook' });
      expect((await historyFills(own, { fillType: 'BookLiquidation' })).rows).toEqual([sold]);
      await restored(own);
      const { markets } = await getFund(house);
      const carried = Number(fill?.quantity) * 3_819;
      expect(Number(markets.find((row) => row.symbol === symbol)?.notional)).toBeCloseTo(carried, 6);
    },
    LIMIT_MS,
  );
});

describe('stage 4', () => {
  it(
    'closes against the winner whom it harms least, and publishes needed, taken and overshoot',
    async () => {
      const symbol = 'BTC_USDC_PERP';
      const hedged = await world.user({ USDC: '100000', BTC: '1' });
      const naked = await world.person({ USDC: '2000' });
      const other = await world.person({ USDC: '100000' });
      const [heard, heardHedged] = [await world.hear(naked.own), await world.hear(hedged)];
      const { person, heard: owner } = await world.openLong(symbol, '0.036', '100000', naked.own);
      await world.trade(symbol, other.own, hedged, '0.05', '100000');
      world.say('BTC', 94_000);

      const origin = 'LiquidatePositionOnAdl';
      const [fill] = await forcedFills(person.own);
      expect(fill).toMatchObject({ symbol, side: 'Ask', quantity: '0.036', fee: '0', systemOrderType: origin });
      const { price, timestamp } = fill ?? { price: '', timestamp: '' };
      expect((await historyFills(naked.own, { fillType: 'Adl' })).rows).toMatchObject([
        { symbol, side: 'Bid', quantity: '0.036', price, fee: '0', systemOrderType: origin },
      ]);
      expect((await historyOrders(naked.own)).rows[0]).toMatchObject({ side: 'Bid', status: 'Filled', systemOrderType: origin });
      await told(heard.orders, { e: 'orderFill', S: 'Bid', L: price, O: 'ADL_AUTOCLOSE' });
      await told(heard.positions, { e: 'positionClosed', s: symbol, q: '0' });
      expect(await book.read(naked.own, 'Deleveraging', heard)).toMatchObject([{ role: 'Counterparty', stage: '4', symbol }]);
      expect(await listPositions(hedged)).toMatchObject([{ symbol, netQuantity: '-0.05' }]);
      expect(heardHedged.receipts).toEqual([]);

      const sizes = { needed: '0.036', taken: '0.036', overshoot: '0', price, timestamp, winners: 1 };
      const { rows } = await deleveragings(house, { symbol });
      expect(rows).toMatchObject([{ symbol, markPrice: '94000', left: '0', ...sizes }]);
      await told(heardByAll.deleveragings, { s: symbol, i: rows[0]?.id ?? '', Q: '0.036', q: '0.036', O: '0', p: price, w: 1 });
      await told(heardByAll.liquidations, { s: symbol, q: '0.036', p: price });
      await book.read(person.own, 'Deleveraging', owner);
    },
    LIMIT_MS,
  );

  it(
    'a debt against collateral: sold on the book, then taken by the fund to its limit, then paid whole',
    async () => {
      const person = await world.person({ XRP: '20000' });
      const heard = await world.hear(person.own);
      await world.oweAway(person, 'USDC', '20000');
      world.say('XRP', 1.3);
      await world.awaitMark('XRP', 1.3);
      await placeOrder(house, bid('XRP_USDC', '300', '1.235'));
      world.say('XRP', 1.24);
      const first = await book.read(person.own, 'FundTransfer');
      expect(first.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['OrderCancel', 'CollateralSale', 'FundTransfer']));
      const { rows: sold } = await historyFills(person.own, { fillType: 'CollateralConversionAndSpotLiquidation' });
      expect(sold).toMatchObject([{ symbol: 'XRP_USDC', side: 'Ask', quantity: '300', price: '1.235' }]);
      world.say('XRP', 1.122);
      await book.read(person.own, 'FundPayment', heard);
      expect((await listBorrowLendPositions(person.own)).filter(({ symbol }) => symbol === 'USDC')).toEqual([]);
      await restored(person.own);
    },
    LIMIT_MS,
  );

  it(
    'a note is written for what the fund paid; a later deposit stays whole and leaves; the note is repaid when asked',
    async () => {
      const { person, heard } = await world.openLong('ADA_USDC_PERP', '3600', '1', house);
      noted = person;
      const { own, main, subaccountId } = person;
      world.say('ADA', 0.905);
      const [note] = await eventually(
        PATIENCE_MS,
        () => listDebtNotes(own),
        (rows) => rows.length > 0,
      );
      if (note === undefined) throw new Error('there is a note');
      const [written] = await book.read(own, 'DebtNote', heard);
      expect(written).toMatchObject({ kind: 'DebtNote', stage: '4', asset: 'USDC' });
      expect(note).toMatchObject({ symbol: 'USDC', quantity: written?.lines.acts.find(({ act }) => act === 'FundPaid')?.amount });
      await faucet(own, { symbol: 'USDC', quantity: '1000' });
      expect((await getBalances(own))['USDC']).toMatchObject({ available: '1000' });
      expect(await codeOf(placeOrder(own, bid('ADA_USDC_PERP', '1', '0.9')))).toBe('PRECONDITION_FAILED');
      expect(await codeOf(borrowLend(own, { symbol: 'USDC', side: 'Lend', quantity: '1' }))).toBe('PRECONDITION_FAILED');
      expect(await codeOf(transfer(own, { symbol: 'USDC', quantity: '1', toSubaccountId: 0 }))).toBe('PRECONDITION_FAILED');
      expect(await codeOf(transfer(main, { symbol: 'USDC', quantity: '1', toSubaccountId: subaccountId }))).toBe('PRECONDITION_FAILED');
      await requestWithdrawal(own, { symbol: 'USDC', quantity: '600', blockchain: 'Solana', address: ADDRESS });
      expect((await getBalances(own))['USDC']).toMatchObject({ available: '400' });
      expect(await listDebtNotes(own)).toEqual([note]);
      const part = '40.5';
      expect(await repayDebtNote(own, { id: note.id, quantity: part })).toMatchObject({ id: note.id });
      const [left] = await listDebtNotes(own);
      expect(Number(left?.quantity)).toBeCloseTo(Number(note.quantity) - Number(part), 6);
      expect(await repayDebtNote(own, { id: note.id, quantity: left?.quantity ?? '' })).toMatchObject({ quantity: '0' });
      expect(await listDebtNotes(own)).toEqual([]);
      expect(Number((await getBalances(own))['USDC']?.available)).toBeCloseTo(400 - Number(note.quantity), 6);
      await eventually(
        PATIENCE_MS,
        async () => (await fundMoves(house, { kind: 'NoteRepaid' })).rows.map(({ quantity }) => Number(quantity)),
        (repaid) => repaid.length === 2 && Math.abs(repaid.reduce((sum, one) => sum + one, 0) - Number(note.quantity)) < 1e-6,
      );
      expect(await codeOf(placeOrder(own, bid('ADA_USDC_PERP', '1', '0.9')))).toBe('done');
    },
    LIMIT_MS,
  );

  it(
    'a loss larger than the fund is borne by the lenders',
    async () => {
      const person = await world.person({ USDC: '50000' });
      const heard = await world.hear(person.own);
      await world.trade('ADA_USDC_PERP', person.own, house, '950000', '0.905');
      world.say('ADA', 0.82);
      const own = await book.read(person.own, 'LendersLoss', heard);
      // A settlement may fall between the second that flags it and the one that closes it.
      const forced = own.map(({ kind }) => kind).filter((kind) => kind !== 'SettlementBorrow');
      expect(forced).toEqual(['LendersLoss', 'DebtNote', 'Deleveraging', 'OrderCancel']);
    },
    LIMIT_MS,
  );
});

describe('a settlement that is paid with a borrow', () => {
  it(
    'has a receipt, told by the stream too',
    async () => {
      // What the fee takes is there: a settlement before the fall borrows nothing.
      const person = await world.person({ ETH: '2', USDC: '10' });
      const heard = await world.hear(person.own);
      await world.trade('SOL_USDC_PERP', person.own, house, '10', '190');
      world.say('SOL', 186);
      expect(await book.read(person.own, 'SettlementBorrow', heard)).toMatchObject([{ kind: 'SettlementBorrow', asset: 'USDC' }]);
    },
    LIMIT_MS,
  );
});

describe('all of it', () => {
  it('is told by every kind of receipt there is, which nobody but its owner reads', async () => {
    expect([...book.kinds()].sort()).toEqual(Object.keys(ReceiptKind).sort());
    const [receipt] = book.all;
    expect(await codeOf(getReceipt(house, { id: receipt?.id ?? '' }))).toBe('RESOURCE_NOT_FOUND');
  });

  it(
    'has receipts that hold with no digit of any field changed, most of them even with a hash made anew',
    () => {
      let [tried, missed] = [0, 0];
      const kinds = new Map(book.all.map((receipt) => [`${receipt.kind} ${receipt.role}`, receipt]));
      expect(kinds.size).toBe(Object.keys(ReceiptKind).length + 1);
      for (const [kind, receipt] of kinds) {
        for (const digit of [0, 3]) {
          const changes = [...changedDigits(receipt, digit)];
          expect(changes.length).toBeGreaterThan(20);
          expect([kind, unfound(changes)]).toEqual([kind, []]);
          const forged = [...renewed(changes)];
          tried += forged.length;
          missed += unfound(forged).length;
        }
      }
      expect(1 - missed / tried).toBeGreaterThan(0.75);
    },
    LIMIT_MS,
  );

  it('was told to everybody as the routes tell it, in frames that keep the document', async () => {
    // The streams are ahead of the routes, whose rows are written behind.
    const { moves, words } = await eventually(
      PATIENCE_MS,
      async () => ({
        moves: (await fundMoves(house, { limit: 1_000 })).rows.filter(({ kind }) => kind !== 'Grant').reverse(),
        words: heardByAll.fundMoves.map(({ i, k, s, q }) => ({ id: i, kind: k, symbol: s, quantity: q })),
      }),
      (both) => both.moves.length === both.words.length,
    );
    expect(words).toEqual(moves.map(({ id, kind, symbol, quantity }) => ({ id, kind, symbol, quantity })));
    const { closes, heard } = await eventually(
      PATIENCE_MS,
      async () => ({ closes: (await deleveragings(house)).rows, heard: heardByAll.deleveragings.map(({ i }) => i).reverse() }),
      (both) => both.closes.length === both.heard.length,
    );
    expect(heard).toEqual(closes.map(({ id }) => id));
    const contract = new StreamDocument(await (await fetch(`${world.venue.url}/asyncapi.json`)).json());
    for (const frame of world.frames) {
      const channel = contract.channels.get(frame.stream);
      expect(channel === undefined ? [`no channel ${frame.stream}`] : contract.faultsOf(channel, frame)).toEqual([]);
    }
  });
});

describe('the terminal', () => {
  it(
    'lists receipts, and tells and verifies one',
    async () => {
      const environment = { MOCHILA_URL: world.venue.url, MOCHILA_KEY: noted.secret, NO_COLOR: '1' };
      const list = await runProgram('mochila', ['receipt', 'list'], environment);
      expect(list).toMatchObject({ status: 0, stdout: expect.stringMatching(/DebtNote[\s\S]*Deleveraging[\s\S]*OrderCancel/) });
      const [id = ''] = /\d+-\d+/.exec(list.stdout) ?? [];
      const show = await runProgram('mochila', ['receipt', 'show', id], environment);
      expect(show).toMatchObject({ status: 0, stdout: expect.stringContaining(`receipt ${id}`) });
      const verify = await runProgram('mochila', ['receipt', 'verify', id], environment);
      expect(verify).toMatchObject({ status: 0, stdout: expect.stringMatching(/Everything matches\.\n$/) });
    },
    LIMIT_MS,
  );
});

describe('when the venue has ended', () => {
  it(
    'its journal writes the same receipts again; one changed digit is found',
    async () => {
      expect(await world.endVenue()).toBe(0);
      expect(world.venue.stderr()).not.toMatch(/"level":"(error|fatal)"/);
      const { dataDirectory } = world.venue;
      const file = join(newDirectory(), 'receipt.json');
      for (const kind of ['Deleveraging', 'DebtNote', 'SettlementBorrow']) {
        writeFileSync(file, JSON.stringify(book.all.find((receipt) => receipt.kind === kind)));
        const verified = await runProgram('mochila', ['receipt', 'verify', file, '--data', dataDirectory], { NO_COLOR: '1' });
        expect([kind, verified.status, verified.stdout]).toEqual([kind, 0, expect.stringMatching(/ok {6}journal +1 of 1\nEverything/)]);
      }
      const [receipt] = book.all;
      writeFileSync(
        file,
        JSON.stringify(receipt).replace(/"mark":"(\d)/, (_, digit) => `"mark":"${(Number(digit) + 1) % 10}`),
      );
      const changed = await runProgram('mochila', ['receipt', 'verify', file, '--data', dataDirectory], { NO_COLOR: '1' });
      expect(changed).toMatchObject({ status: 1, stdout: expect.stringMatching(/WRONG[\s\S]*does not match\.\n$/) });
    },
    LIMIT_MS,
  );

  it(
    'its history is rebuilt from the journal to the same rows, in either database',
    async () => {
      const { live, sqlite, postgres } = await rebuildRows(world.venue.dataDirectory);
      expect(live['receipts']?.length).toBeGreaterThan(book.all.length);
      for (const table of ['deleveragings', 'fund_moves', 'fills', 'orders']) expect([table, live[table]?.length]).not.toEqual([table, 0]);
      expect(sqlite).toEqual(live);
      expect(postgres).toEqual(live);
    },
    LIMIT_MS,
  );
});
