import {
  BorrowLendEventType,
  BorrowLendSource,
  decodeReceiptLines,
  type EngineEvent,
  type EventFields,
  emptyReceiptLines,
  encodeReceiptLines,
  events,
  ReceiptAct,
  type ReceiptHistoryRow,
  ReceiptKind,
  ReceiptRole,
  ReceiptTerm,
} from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { batchOf, smallFacts } from '../testing/batches.ts';
import { HistoryFold } from './history-fold.ts';
import { receiptRowsOf } from './receipt-rows.ts';

function receiptsOf(...found: EngineEvent[]): ReceiptHistoryRow[] {
  const fold = new HistoryFold(smallFacts());
  fold.add(batchOf(12, 5_000, found));
  return fold.take()?.rows.receipts ?? [];
}

const linesOf = ({ lines }: ReceiptHistoryRow) => decodeReceiptLines(new Uint8Array(Buffer.from(lines, 'base64')));

const act = {
  act: ReceiptAct.PerpFill,
  counterAccount: 9,
  market: 1,
  asset: -1,
  lots: -4,
  priceTicks: 70,
  atoms: 0,
  feeAtoms: 3,
  orderId: 5,
  tradeId: 6,
  trades: 1,
};

const TERMS = [{ term: ReceiptTerm.NeededLots, value: 5 }];
const MARKET = {
  ...{ market: 1, index: 70, grade: 0, markRule: 1, seconds: 1, mid: 0, isMidCounted: 0, ewmaBefore: 0, ewma: 0, premiumBound: 0.01 },
  ...{ layer1: 70, layer2: 70, markBefore: 70, stepPerSecond: 0.005, layer3: 70, markTicks: 70, maxPriceTicks: 0 },
  ...{ mmfBase: 0.0125, mmfFactor: 0.00001 },
};

function written(kind: number): EngineEvent {
  const cash = { ...act, act: ReceiptAct.Other, lots: 0, priceTicks: 0, atoms: 5, feeAtoms: 0, orderId: 0, tradeId: 0, trades: 0 };
  const acts = [act, { ...act, counterAccount: 8, lots: -1, tradeId: 7 }, cash];
  const totals = [{ moment: 0, collateral: 1, assets: 1, borrowLiability: 0, netEquity: 1, realEquity: 1 }];
  const lines = encodeReceiptLines({
    ...emptyReceiptLines(),
    acts,
    terms: TERMS,
    markets: [MARKET],
    totals: totals.map((row) => ({ ...row, maintenanceMargin: 2, totalExposure: 3, unrealisedPnl: 0 })),
  });
  return { name: 'receiptWritten', fields: { ...events.receiptWritten.defaults, receipt: 4, kind, account: 7, market: 1, lines } };
}

describe('rows of receipts', () => {
  it('are one for the owner, with every line', () => {
    const rows = receiptsOf(written(ReceiptKind.BookSlice));
    expect(rows).toMatchObject([{ seq: 12, ix: 0, account: 7, receipt: 4, role: ReceiptRole.Owner, market: 1, timeMicros: 5_000 }]);
    expect(rows.map(linesOf)[0]?.totals).toHaveLength(1);
  });

  it('are one more for each winner of a deleveraging, without what is the owner’s alone', () => {
    const rows = receiptsOf(written(ReceiptKind.Deleveraging));
    expect(rows.map(({ ix, account, role }) => [ix, account, role])).toEqual([
      [0, 7, ReceiptRole.Owner],
      [1, 9, ReceiptRole.Counterparty],
      [2, 8, ReceiptRole.Counterparty],
    ]);
    const [, first] = rows.map(linesOf);
    expect(first?.totals).toEqual([]);
    const paid = expect.objectContaining({ act: ReceiptAct.Other, counterAccount: 9, atoms: -5 });
    expect(first?.acts).toEqual([{ ...act, lots: 4, feeAtoms: 0, orderId: 0 }, paid]);
    expect(first?.terms).toEqual(TERMS);
    expect(first?.markets).toMatchObject([{ market: 1, markTicks: 70, mmfBase: 0, mmfFactor: 0 }]);
  });

  it('are made of a settlement that was paid with a borrow, and of no other', () => {
    const balance = { freeAtoms: 0, lentAtoms: 0, debtAtoms: 50, heldAtoms: 0 };
    const settled = (account: number, deltaAtoms: number): EngineEvent => ({
      name: 'accountSettled',
      fields: { account, epoch: 3, deltaAtoms, ...balance },
    });
    const moved = (fields: Partial<EventFields<'borrowLendMoved'>>): EngineEvent => ({
      name: 'borrowLendMoved',
      fields: { ...events.borrowLendMoved.defaults, account: 7, source: BorrowLendSource.Reconciliation, ...fields },
    });
    const borrow = { eventType: BorrowLendEventType.Borrow, quantityAtoms: 40 };
    const redeem = { eventType: BorrowLendEventType.LendRedeem, quantityAtoms: 20 };
    const rows = receiptsOf(
      settled(7, -100),
      settled(8, 100),
      moved(redeem),
      moved(borrow),
      moved({ ...borrow, account: 8 }),
      moved({ ...borrow, account: 9 }),
    );
    expect(rows).toMatchObject([{ account: 7, receipt: 0, kind: ReceiptKind.SettlementBorrow }]);
    const [lines] = rows.map(linesOf);
    expect(lines?.holdings).toMatchObject([
      { moment: 0, freeAtoms: 40, lentAtoms: 20, debtAtoms: 10, asSettledAtoms: 50 },
      { moment: 1, freeAtoms: 0, lentAtoms: 0, debtAtoms: 50, asSettledAtoms: -50 },
    ]);
    expect(lines?.acts.map(({ act: kind, atoms }) => [kind, atoms])).toEqual([
      [ReceiptAct.Settled, -100],
      [ReceiptAct.Borrowed, 40],
      [ReceiptAct.Redeemed, 20],
    ]);
  });
});

describe('receipts of a batch', () => {
  it('are the rows of history, of the accounts that are wanted', () => {
    const batch = batchOf(12, 5_000, [written(ReceiptKind.BookSlice), written(ReceiptKind.Deleveraging)]);
    const rows = receiptsOf(...batch.events);
    expect(rows).toHaveLength(4);
    expect(receiptRowsOf(batch, () => true)).toEqual(rows);
    for (const wanted of [7, 8, 9, 10]) {
      expect(receiptRowsOf(batch, (account) => account === wanted)).toEqual(rows.filter(({ account }) => account === wanted));
    }
  });
});
