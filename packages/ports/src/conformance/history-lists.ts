/** What the lists of every history store do: filters, order, pages. */
import { describe, expect, it } from 'vitest';
import type { HistoryList, HistoryPage, HistoryStore } from '../history-store.ts';
import { ACCOUNT, fillRow, orderRow, pieceOf, tradeRow } from './history-samples.ts';

const ALL: HistoryPage = { limit: 1_000, offset: 0, direction: 'asc' };

/** Runs the part of the suite. @param use hands an empty store to a test and closes it */
export function describeHistoryLists(name: string, use: (act: (store: HistoryStore) => Promise<void>) => Promise<void>): void {
  const seqs = (list: HistoryList<{ seq: number }>): number[] => list.rows.map(({ seq }) => seq);

  describe(`${name}: pages`, () => {
    it('go forward and back by offset and by cursor, and say how many rows there are', () =>
      use(async (store) => {
        const fills = [1, 2, 3, 4, 5].map((seq) => fillRow({ seq, ix: 2 }));
        await store.write(pieceOf(5, { fills: [...fills, fillRow({ seq: 3, ix: 4, account: 8 })] }, 1));
        const read = (page: Partial<HistoryPage>) => store.fills({ account: ACCOUNT }, { ...ALL, ...page });
        const first = await read({ direction: 'desc', limit: 2 });
        expect([seqs(first), first.total]).toEqual([[5, 4], 5]);
        const second = await read({ direction: 'desc', limit: 2, cursor: first.nextCursor ?? '' });
        expect([seqs(second), second.total]).toEqual([[3, 2], 5]);
        const last = await read({ direction: 'desc', limit: 2, cursor: second.nextCursor ?? '' });
        expect([seqs(last), last.nextCursor]).toEqual([[1], null]);
        expect(seqs(await read({ offset: 3 }))).toEqual([4, 5]);
        expect(seqs(await read({ offset: 1, limit: 1, cursor: '2.2' }))).toEqual([4]);
        expect((await read({ limit: 5 })).nextCursor).toBeNull();
        await expect(read({ cursor: 'page two' })).rejects.toThrow('"page two" is no cursor');
      }));

    it('order rows of one command by their place', () =>
      use(async (store) => {
        await store.write(pieceOf(1, { trades: [2, 0, 10, 1].map((ix) => tradeRow({ seq: 1, ix, tradeId: ix })) }));
        expect((await store.trades(1, { ...ALL, direction: 'desc' })).rows.map(({ ix }) => ix)).toEqual([10, 2, 1, 0]);
        expect((await store.trades(2, ALL)).total).toBe(0);
      }));
  });

  describe(`${name}: filters`, () => {
    it('of orders and fills', () =>
      use(async (store) => {
        await store.write(
          pieceOf(
            9,
            {
              orders: [
                orderRow({ seq: 1, ix: 0, market: 1 }),
                orderRow({ seq: 2, ix: 0, market: 3 }),
                orderRow({ seq: 3, ix: 0, account: 9 }),
              ],
              fills: [
                fillRow({ seq: 1, ix: 0, market: 1, orderId: 40 }),
                fillRow({ seq: 2, ix: 0, market: 3, origin: 1 }),
                fillRow({ seq: 3, ix: 0, market: 4 }),
              ],
            },
            1,
          ),
        );
        const account = ACCOUNT;
        expect(seqs(await store.orders({ account, markets: [1, 2] }, ALL))).toEqual([1]);
        expect(seqs(await store.orders({ account, markets: [] }, ALL))).toEqual([]);
        expect(seqs(await store.orders({ account, orderId: 2 }, ALL))).toEqual([2]);
        expect(seqs(await store.orders({ account, orderId: 3 }, ALL))).toEqual([]);
        expect(seqs(await store.fills({ account, orderId: 40 }, ALL))).toEqual([1]);
        expect(seqs(await store.fills({ account, origins: [1, 2] }, ALL))).toEqual([2]);
        expect(seqs(await store.fills({ account, markets: [3, 4] }, ALL))).toEqual([2, 3]);
        // From is inclusive, to exclusive.
        expect(seqs(await store.fills({ account, fromMicros: 2_000, toMicros: 3_000 }, ALL))).toEqual([2]);
      }));

    it('of lends and debts, whose interest is added up', () =>
      use(async (store) => {
        const place = { account: ACCOUNT, asset: 2, side: 1 };
        const position = { ...place, ix: 0, quantityAtoms: 100, source: 2, openedAtMicros: 1, closedAtMicros: 0 };
        const first = { ...position, seq: 1, positionId: 1, updatedSeq: 1 };
        const second = { ...position, seq: 5, positionId: 5, updatedSeq: 5, source: 0 };
        const interest = { ...place, ix: 0, amountAtoms: Number.MAX_SAFE_INTEGER, rate: 0.25, hourEndMicros: 3 };
        const payments = [
          { ...interest, seq: 2 },
          { ...interest, seq: 3, rate: 0.75 },
          { ...interest, seq: 6, amountAtoms: 4 },
          { ...interest, seq: 7, side: 0 },
        ];
        const move = {
          account: ACCOUNT,
          asset: 2,
          ix: 1,
          eventType: 2,
          quantityAtoms: 100,
          source: 2,
          positionAtoms: 100,
          orderId: 0,
          timeMicros: 1,
        };
        const moves = [
          { ...move, seq: 1, positionId: 1 },
          { ...move, seq: 4, eventType: 3, positionId: 1, source: 4 },
          { ...move, seq: 5, positionId: 5, source: 0 },
        ];
        await store.write(pieceOf(1, { borrowLendPositions: [first], borrowLendMoves: moves.slice(0, 1) }));
        const closing = { ...first, seq: 4, source: 4, openedAtMicros: 4, closedAtMicros: 4, quantityAtoms: 0, updatedSeq: 4 };
        await store.write(
          pieceOf(9, { borrowLendPositions: [closing, second], borrowLendMoves: moves.slice(1), interestPayments: payments }, 2),
        );

        const account = ACCOUNT;
        const positions = await store.borrowLendPositions({ account, assets: [2] }, ALL);
        const twice = String(2n * BigInt(Number.MAX_SAFE_INTEGER));
        expect(positions.rows).toEqual([
          { ...first, closedAtMicros: 4, quantityAtoms: 0, updatedSeq: 4, interestAtoms: twice, averageRate: 0.5 },
          { ...second, interestAtoms: '4', averageRate: 0.25 },
        ]);
        expect(seqs(await store.borrowLendPositions({ account, isOpen: true, side: 1 }, ALL))).toEqual([5]);
        expect(seqs(await store.borrowLendPositions({ account, side: 0 }, ALL))).toEqual([]);
        const paid = await store.interestPayments({ account }, ALL);
        expect(paid.rows.map(({ seq, positionId }) => [seq, positionId])).toEqual([
          [2, 1],
          [3, 1],
          [6, 5],
          [7, 0],
        ]);
        expect(seqs(await store.interestPayments({ account, positionId: 1 }, ALL))).toEqual([2, 3]);
        expect((await store.borrowLendMoves({ account }, ALL)).rows).toEqual(moves);
        expect(seqs(await store.borrowLendMoves({ account, positionId: 1, eventType: 3, sources: [4, 9] }, ALL))).toEqual([4]);
      }));

    it('of receipts', () =>
      use(async (store) => {
        const receipt = {
          seq: 3,
          ix: 65_536,
          account: ACCOUNT,
          receipt: 9,
          role: 0,
          kind: 1,
          market: 2,
          asset: -1,
          stage: 1,
          ruleVersion: 1,
          actsOmitted: 0,
          lines: 'AAAAAAAA8D8=',
          timeMicros: 5_000,
        };
        const other = { ...receipt, ix: 65_537, account: 20, role: 1 };
        const later = { ...receipt, seq: 4, kind: 8, market: -1, asset: 1, timeMicros: 6_000 };
        await store.write(pieceOf(4, { receipts: [receipt, other, later] }, 1));
        const account = ACCOUNT;
        expect((await store.receipts({ account }, ALL)).rows).toEqual([receipt, later]);
        expect(seqs(await store.receipts({ account, kinds: [8, 9] }, ALL))).toEqual([4]);
        expect(seqs(await store.receipts({ account, markets: [2] }, ALL))).toEqual([3]);
        expect(seqs(await store.receipts({ account, fromMicros: 5_001, toMicros: 6_001 }, ALL))).toEqual([4]);
        expect((await store.receipts({ account: 20, place: { seq: 3, ix: 65_537 } }, ALL)).rows).toEqual([other]);
        expect((await store.receipts({ account: 20, place: { seq: 3, ix: 65_536 } }, ALL)).total).toBe(0);
      }));

    it('of deleveragings and moves of the fund', () =>
      use(async (store) => {
        const close = {
          seq: 3,
          ix: 9,
          market: 2,
          neededLots: 50,
          takenLots: 50,
          overshootLots: 0,
          markTicks: 14_000,
          priceTicks: 14_005,
          deficitAtoms: 2_510_000,
          cashAtoms: 10_000,
          leftAtoms: 0,
          winners: 3,
          timeMicros: 5_000,
        };
        const later = { ...close, seq: 4, market: 3, timeMicros: 6_000 };
        const paid = { seq: 3, ix: 10, move: 2, asset: 1, amountAtoms: -700, timeMicros: 5_000 };
        const fee = { seq: 4, ix: 1, move: 1, asset: 0, amountAtoms: 35, timeMicros: 6_000 };
        await store.write(pieceOf(4, { deleveragings: [close, later], fundMoves: [paid, fee] }, 1));
        expect((await store.deleveragings({}, ALL)).rows).toEqual([close, later]);
        expect(seqs(await store.deleveragings({ markets: [3] }, ALL))).toEqual([4]);
        expect(seqs(await store.deleveragings({ toMicros: 6_000 }, ALL))).toEqual([3]);
        expect((await store.fundMoves({}, { ...ALL, direction: 'desc' })).rows).toEqual([fee, paid]);
        expect(seqs(await store.fundMoves({ assets: [1], moves: [1, 2] }, ALL))).toEqual([3]);
        expect(seqs(await store.fundMoves({ fromMicros: 5_001 }, ALL))).toEqual([4]);
      }));

    it('of money that comes, goes and moves', () =>
      use(async (store) => {
        const account = ACCOUNT;
        const deposit = {
          account,
          asset: 1,
          amountAtoms: 5,
          isFaucet: 0,
          reference: "tx 'é'",
          fromAddress: 'abc',
          timeMicros: 1_000,
          deposit: 1,
          seq: 1,
          ix: 0,
        };
        const withdrawal = {
          withdrawal: 4,
          account,
          asset: 1,
          quantityAtoms: 5,
          feeAtoms: 1,
          status: 1,
          releaseAtMicros: 0,
          requestedAtMicros: 1_000,
          address: 'to',
          blockchain: 'Solana',
          clientReference: 'mine',
          transactionHash: '',
          updatedSeq: 1,
          seq: 1,
          ix: 1,
        };
        const dust = { conversion: 3, account, asset: 2, quantityAtoms: 9, usdcAtoms: 1, timeMicros: 5, seq: 1, ix: 2 };
        const transfer = { fromAccount: 20, toAccount: account, asset: 1, quantityAtoms: 2, timeMicros: 6, seq: 1, ix: 3 };
        const settlement = { account, source: 1, amountAtoms: -2, timeMicros: 8, seq: 1, ix: 4 };
        const person = { account, user: 11, subIndex: 0, isSandbox: 1, createdAtMicros: 3, seq: 1, ix: 5 };
        const rate = { market: 1, ratePpb: -12, isPaid: 1, hourEndMicros: 3_600e6, seq: 1, ix: 6 };
        const epoch = { epoch: 2, accounts: 3, borrowsAtoms: 1, feesAtoms: 2, fundAtoms: 3, closedAtMicros: 10, seq: 1, ix: 7 };
        const epochMarket = { epoch: 2, market: 1, markTicks: 5, gainsAtoms: 6, lossesAtoms: 6, seq: 1, ix: 8 };
        const tables = {
          deposits: [deposit],
          withdrawals: [withdrawal],
          dustConversions: [dust],
          transfers: [transfer],
          accounts: [person],
        };
        await store.write(
          pieceOf(1, { ...tables, settlements: [settlement], fundingRates: [rate], epochs: [epoch], epochMarkets: [epochMarket] }),
        );
        await store.write(
          pieceOf(2, { withdrawals: [{ ...withdrawal, status: 2, transactionHash: '0xff', updatedSeq: 2, seq: 2, ix: 0 }] }),
        );

        expect((await store.deposits({ account }, ALL)).rows).toEqual([deposit]);
        expect((await store.deposits({ account, fromMicros: 1_001 }, ALL)).total).toBe(0);
        const done = { ...withdrawal, status: 2, transactionHash: '0xff', updatedSeq: 2 };
        expect((await store.withdrawals({ account, clientReference: 'mine', withdrawal: 4, toMicros: 1_001 }, ALL)).rows).toEqual([done]);
        expect((await store.withdrawals({ account, clientReference: 'other' }, ALL)).total).toBe(0);
        expect((await store.dustConversions({ account, assets: [2], conversion: 3 }, ALL)).rows).toEqual([dust]);
        expect((await store.transfers(account, ALL)).rows).toEqual([transfer]);
        expect((await store.transfers(20, ALL)).total).toBe(1);
        expect((await store.accounts(11, ALL)).rows).toEqual([person]);
        expect((await store.settlements({ account, sources: [1] }, ALL)).rows).toEqual([settlement]);
        expect((await store.settlements({ account, sources: [0] }, ALL)).total).toBe(0);
        expect((await store.fundingRates(1, ALL)).rows).toEqual([rate]);
        expect((await store.fundingPayments({ account, markets: [1] }, ALL)).total).toBe(0);
        expect((await store.epochs(ALL)).rows).toEqual([{ ...epoch, markets: [epochMarket] }]);
      }));
  });
}
