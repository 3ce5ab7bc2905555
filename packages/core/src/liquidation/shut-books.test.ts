import { BookState, BorrowLendSource, commands, events, LiquidationStage, rejects } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { PayPolicy, pay } from '../ledger/pay.ts';
import { ReceiveMode, receive } from '../ledger/receive.ts';
import { fallenVenue, isFlagged, poorPerson, trade, untilFlagged } from '../testing/fallen-venue.ts';
import { actIn, bareVenue, personWith } from '../testing/forced-venue.ts';
import { SmallAsset, SmallMarket } from '../testing/small-genesis.ts';
import type { Person, TestVenue } from '../testing/test-venue.ts';

const PERP = SmallMarket.BTC_USDC_PERP;
const OPERATOR = new TextEncoder().encode('ops');

function setBook(venue: TestVenue, market: number, bookState: number): void {
  expect(venue.send(commands.setBookState, { market, bookState, operator: OPERATOR }).rejectCode).toBe(0);
}

function stageOf(venue: TestVenue, person: Person): number {
  return venue.state.liquidation.cases.stage[venue.state.accounts.liquidationCase[person.account]!]!;
}

/** A long just below maintenance, well above the threshold of the backstop. */
function flagged() {
  const { venue, rich } = fallenVenue();
  const long = poorPerson(venue, 2, 3_100);
  trade(venue, PERP, long, rich, 100_000, 600_000);
  venue.usd[SmallAsset.BTC] = 57_550;
  expect(untilFlagged(venue, long)).toBe(true);
  return { venue, rich, long };
}

describe('a book that is shut', () => {
  it.each([
    ['closed', BookState.Closed],
    ['cancel-only', BookState.CancelOnly],
    ['post-only', BookState.PostOnly],
  ])('(%s) keeps nobody in liquidation: after ten seconds others take over', (_, bookState) => {
    const { venue, long } = flagged();
    setBook(venue, PERP, bookState);
    venue.live(8);
    expect([isFlagged(venue, long), venue.size(long, PERP), stageOf(venue, long)]).toEqual([true, 100_000, LiquidationStage.Book]);
    venue.live(4);
    expect(isFlagged(venue, long)).toBe(false);
    expect(venue.size(long, PERP)).toBeLessThan(100_000);
    const text = new TextEncoder().encode('out');
    const out = venue.as(long, commands.requestWithdrawal, { asset: 0, quantityAtoms: 1e6, address: text, blockchain: text });
    // Its margin speaks now, no liquidation does.
    expect(out.rejectCode).toBe(rejects.leavingMargin.code);
    expect(venue.audit()).toEqual([]);
  });

  it('of the collateral is one that takes nothing either', () => {
    const venue = bareVenue();
    const lender = personWith(venue, 1, [100_000e6]);
    const debtor = personWith(venue, 2, [0, 0, 0, 0, 100e8]);
    actIn(venue.state, () => {
      pay(venue.state, debtor.account, SmallAsset.USDC, 12_400e6, PayPolicy.Forced, BorrowLendSource.Manual);
      receive(venue.state, lender.account, SmallAsset.USDC, 12_400e6, ReceiveMode.Lend, BorrowLendSource.Manual);
    });
    setBook(venue, SmallMarket.SOL_USDC, BookState.Closed);
    venue.usd[SmallAsset.SOL] = 143.5;
    expect(untilFlagged(venue, debtor)).toBe(true);
    venue.live(8);
    expect([isFlagged(venue, debtor), venue.net(debtor, SmallAsset.SOL)]).toEqual([true, 100e8]);
    venue.live(4);
    expect(isFlagged(venue, debtor)).toBe(false);
    expect(venue.net(debtor, SmallAsset.SOL)).toBeLessThan(100e8);
    expect(venue.audit()).toEqual([]);
  });
});

describe('a stage', () => {
  it('is left again when its reason is gone and the account is not restored: the book is tried once more', () => {
    const { venue, rich, long } = flagged();
    const { price } = venue.state.markets[PERP]!;
    venue.state.liquidation.cases.stage[venue.state.accounts.liquidationCase[long.account]!] = LiquidationStage.Deleveraging;
    venue.place(rich, PERP, 'bid', 3_000, price.markTicks);
    venue.live(1);
    expect(venue.events(events.liquidationAdvanced)).toMatchObject([{ account: long.account, stage: LiquidationStage.Book }]);
    expect(venue.events(events.fill)).toMatchObject([{ takerAccount: long.account, quantityLots: 3_000 }]);
    expect(venue.size(long, PERP)).toBe(97_000);
    expect(venue.audit()).toEqual([]);
  });

  it('that waited for a price ends with the wait: the book has ten new seconds', () => {
    const { venue, rich, long } = flagged();
    const row = venue.state.accounts.liquidationCase[long.account]!;
    const { cases } = venue.state.liquidation;
    for (let second = 0; second < 12 && stageOf(venue, long) === LiquidationStage.Book; second += 1) venue.live(1);
    expect([stageOf(venue, long), cases.bookSeconds[row]]).toEqual([LiquidationStage.Backstop, 10]);
    // Nobody quotes, and that makes prices stale at once.
    const { prices } = venue.state.genesis;
    Object.assign(prices, { sourceStaleMs: 500, degradedToStaleMs: 0 });
    for (let second = 0; second < 5; second += 1)
      venue.send(commands.tick, { second: venue.state.tickSecond + 1 }, (venue.state.tickSecond + 1) * 1e6);
    expect([venue.size(long, PERP), cases.bookSeconds[row]]).toEqual([100_000, 0]);
    Object.assign(prices, { sourceStaleMs: 10_000, degradedToStaleMs: 30_000 });
    venue.live(1);
    venue.place(rich, PERP, 'bid', 2_000, 575_500);
    venue.live(1);
    expect(stageOf(venue, long)).toBe(LiquidationStage.Book);
    expect(venue.size(long, PERP)).toBe(98_000);
    expect(venue.audit()).toEqual([]);
  });
});
