import {
  type EngineEvent,
  type EventBatch,
  events,
  FundMove,
  type HistoryRows,
  ORDER_VIEW,
  OrderStatus,
  type OrderView,
} from '@mochila/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchOf, fillEvent, smallFacts } from '../testing/batches.ts';
import { HistoryFold } from './history-fold.ts';

function rowsOf(batches: readonly EventBatch[]): HistoryRows {
  const fold = new HistoryFold(smallFacts());
  for (const batch of batches) fold.add(batch);
  const piece = fold.take();
  if (piece === null) throw new Error('there are batches');
  return piece.rows;
}

const order = (orderId: number, fields: Partial<OrderView> = {}): OrderView => ({
  ...ORDER_VIEW,
  orderId,
  market: 1,
  quantityLots: 10,
  ...fields,
});
const accepted = (orderId: number, fields: Partial<OrderView> = {}): EngineEvent => ({
  name: 'orderAccepted',
  fields: order(orderId, fields),
});

describe('the rows of history', () => {
  it('of a deleveraging and of a move of the fund name nobody', () => {
    const { account: _, ...close } = {
      ...events.deleveraged.defaults,
      market: 1,
      neededLots: 50,
      takenLots: 50,
      markTicks: 70,
      winners: 2,
    };
    const rows = rowsOf([
      batchOf(12, 5_000, [
        { name: 'deleveraged', fields: { ...close, account: 9 } },
        { name: 'fundMoved', fields: { move: FundMove.DebtPaid, account: 9, asset: 2, amountAtoms: -700 } },
      ]),
    ]);
    expect(rows.deleveragings).toEqual([{ seq: 12, ix: 0, timeMicros: 5_000, ...close }]);
    expect(rows.fundMoves).toEqual([{ seq: 12, ix: 1, timeMicros: 5_000, move: FundMove.DebtPaid, asset: 2, amountAtoms: -700 }]);
  });

  it('of a fill are both sides, the trade, both orders and the fees of a perpetual', () => {
    const fill = fillEvent({
      market: 1,
      tradeId: 6,
      priceTicks: 600_000,
      quantityLots: 3,
      takerSide: 1,
      takerOrderId: 8,
      makerOrderId: 7,
      takerAccount: 5,
      makerAccount: 4,
      takerFeeAtoms: 9,
      makerFeeAtoms: -2,
      takerExecutedLots: 3,
      takerIsFilled: 1,
      makerExecutedLots: 3,
      takerClientId: 77,
      origin: 1,
    });
    const rows = rowsOf([batchOf(12, 5_000, [accepted(8, { account: 5 }), fill])]);
    expect(rows.fills).toMatchObject([
      { seq: 12, ix: 2, account: 4, orderId: 7, side: 0, isMaker: 1, feeAtoms: -2, origin: 0, clientId: -1 },
      { seq: 12, ix: 3, account: 5, orderId: 8, side: 1, isMaker: 0, feeAtoms: 9, origin: 1, clientId: 77 },
    ]);
    expect(rows.trades).toEqual([
      {
        seq: 12,
        ix: 1,
        market: 1,
        tradeId: 6,
        priceTicks: 600_000,
        quantityLots: 3,
        quoteAtoms: 1_800_000,
        buyerOrderId: 7,
        sellerOrderId: 8,
        isBuyerMaker: 1,
        timeMicros: 5_000,
      },
    ]);
    expect(rows.settlements.map(({ account, source, amountAtoms }) => [account, source, amountAtoms])).toEqual([
      [4, 1, 2],
      [5, 1, -9],
    ]);
    expect(rows.orders).toMatchObject([{ orderId: 8, status: OrderStatus.Filled, executedLots: 3, updatedSeq: 12 }]);
    expect(rows.orderProgress).toMatchObject([{ orderId: 7, status: OrderStatus.PartiallyFilled, executedLots: 3 }]);
    expect(rows.candles.map(({ interval, volumeLots, quoteAtoms, trades }) => [interval, volumeLots, quoteAtoms, trades])).toEqual([
      ['1m', 3, 1_800_000, 1],
      ['1h', 3, 1_800_000, 1],
      ['1d', 3, 1_800_000, 1],
    ]);
  });

  it('of a spot fill have no settlement: its fee is part of the exchange', () => {
    expect(rowsOf([batchOf(1, 0, [fillEvent({ market: 0, priceTicks: 1, quantityLots: 1, takerFeeAtoms: 5 })])]).settlements).toEqual([]);
  });

  it('call a market order by quote amount filled unless it expired', () => {
    const quote = { orderKind: 1, quoteAtoms: 1_000, quantityLots: 0 };
    const fill = fillEvent({ market: 1, takerOrderId: 8, makerOrderId: 7, takerExecutedLots: 3, priceTicks: 1, quantityLots: 3 });
    const expired: EngineEvent = { name: 'orderExpired', fields: order(8, { ...quote, status: OrderStatus.Expired, expiryReason: 6 }) };
    expect(rowsOf([batchOf(1, 0, [accepted(8, quote), fill])]).orders[0]?.status).toBe(OrderStatus.Filled);
    expect(rowsOf([batchOf(1, 0, [accepted(8, quote), fill, expired])]).orders[0]?.status).toBe(OrderStatus.Expired);
  });

  it('leave a living parent alone when its child found no room', () => {
    const failed = (view: OrderView): EngineEvent => ({
      name: 'triggerFailed',
      fields: { ...view, status: OrderStatus.TriggerFailed, rejectCode: 3 },
    });
    const rows = rowsOf([batchOf(1, 0, [failed(order(1, { takeProfitTriggerTicks: 5 })), failed(order(2, { triggerBy: 1 }))])]);
    expect(rows.orders.map(({ orderId }) => orderId)).toEqual([2]);
    expect(rows.orders[0]).not.toHaveProperty('rejectCode');
  });

  it('of a closed position keep what it cost and the price that closed it', () => {
    const position = {
      ...events.positionChanged.defaults,
      account: 5,
      market: 1,
      positionId: 3,
      sizeLots: 4,
      entryCostAtoms: 400,
      change: 1,
    };
    const closed = { ...position, sizeLots: 0, entryCostAtoms: 0, change: 2, closedLots: 4, liquidatedLots: 3, liquidationFeesAtoms: 7 };
    const fill = fillEvent({ market: 1, takerAccount: 5, priceTicks: 120, quantityLots: 4 });
    const rows = rowsOf([
      batchOf(3, 30, [{ name: 'positionChanged', fields: position }]),
      batchOf(4, 40, [fill, { name: 'positionChanged', fields: closed }]),
    ]);
    expect(rows.positions).toMatchObject([
      {
        seq: 3,
        ix: 0,
        sizeLots: 0,
        entryLots: 4,
        entryCostAtoms: 400,
        closedAtMicros: 40,
        closingTicks: 120,
        closedLots: 4,
        liquidatedLots: 3,
        liquidationFeesAtoms: 7,
        updatedSeq: 4,
      },
    ]);
    expect(rows.positions[0]).not.toHaveProperty('change');
  });

  it('of money and lending are what the events say', () => {
    const text = (word: string): Uint8Array => new TextEncoder().encode(word);
    const move = {
      ...events.borrowLendMoved.defaults,
      account: 5,
      asset: 1,
      eventType: 0,
      quantityAtoms: 9,
      source: 3,
      positionAtoms: 9,
      positionId: 2,
    };
    const rows = rowsOf([
      batchOf(2, 61e6, [
        { name: 'borrowLendMoved', fields: move },
        { name: 'borrowLendMoved', fields: { ...move, eventType: 1, positionAtoms: 0, source: 2 } },
        { name: 'fundingPaid', fields: { account: 5, market: 1, amountAtoms: -3, ratePpb: 4, sizeLots: 5, hourEndMicros: 6 } },
        { name: 'accountSettled', fields: { account: 5, epoch: 1, deltaAtoms: 8, freeAtoms: 0, lentAtoms: 0, debtAtoms: 0, heldAtoms: 0 } },
        {
          name: 'depositCredited',
          fields: { deposit: 1, account: 5, asset: 0, amountAtoms: 7, isFaucet: 0, reference: text('r'), fromAddress: text('f') },
        },
        { name: 'poolUpdated', fields: { ...events.poolUpdated.defaults, asset: 1, lentAtoms: 4 } },
        { name: 'keyRevoked', fields: events.keyRevoked.defaults },
      ]),
    ]);
    expect(rows.borrowLendMoves).toHaveLength(2);
    expect(rows.borrowLendPositions).toMatchObject([
      { positionId: 2, side: 0, source: 3, quantityAtoms: 0, openedAtMicros: 61e6, closedAtMicros: 61e6 },
    ]);
    expect(rows.settlements.map(({ source, amountAtoms }) => [source, amountAtoms])).toEqual([
      [2, -3],
      [0, 8],
    ]);
    expect(rows.deposits).toMatchObject([{ reference: 'r', fromAddress: 'f', amountAtoms: 7 }]);
    expect(rows.poolMinutes).toMatchObject([{ minuteMicros: 60e6, lentAtoms: 4 }]);
  });

  it('are taken once, without a gap, and counted', () => {
    const fold = new HistoryFold(smallFacts());
    expect(fold.take()).toBeNull();
    fold.add(batchOf(5, 50, []));
    expect(() => fold.add(batchOf(7, 70, []))).toThrow('without a gap');
    fold.add(batchOf(6, 60, [{ name: 'transferred', fields: { fromAccount: 1, toAccount: 2, asset: 0, quantityAtoms: 3 } }]));
    expect(fold.count).toBe(1);
    expect(fold.take()).toMatchObject({ fromSeq: 5, toSeq: 6, toMicros: 60 });
    expect([fold.count, fold.take()]).toEqual([0, null]);
  });

  it('of candles are the same however the batches are cut', () => {
    const step = fc.record({ gap: fc.nat(90_000_000), price: fc.integer({ min: 1, max: 9 }), isCut: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) => {
        let time = 0;
        const batches = steps.map(({ gap, price }, ix) => {
          time += gap;
          return batchOf(ix + 1, time, [fillEvent({ market: 1, priceTicks: price, quantityLots: 1 })]);
        });
        const whole = rowsOf(batches).candles;
        const joined = new Map<string, HistoryRows['candles'][number]>();
        let from = 0;
        for (const [ix, { isCut }] of steps.entries()) {
          if (!isCut && ix < steps.length - 1) continue;
          for (const part of rowsOf(batches.slice(from, ix + 1)).candles) {
            const key = `${part.interval}/${part.startMicros}`;
            const was = joined.get(key);
            if (was === undefined) joined.set(key, { ...part });
            else {
              was.high = Math.max(was.high, part.high);
              was.low = Math.min(was.low, part.low);
              was.close = part.close;
              was.volumeLots += part.volumeLots;
              was.quoteAtoms += part.quoteAtoms;
              was.trades += part.trades;
            }
          }
          from = ix + 1;
        }
        expect([...joined.values()]).toEqual(expect.arrayContaining(whole));
        expect(joined.size).toBe(whole.length);
      }),
      { numRuns: 100, seed: 4_004 },
    );
  });
});
