import { BorrowLendSource, commands, events, LiquidationStage } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { PayPolicy, pay } from '../ledger/pay.ts';
import { ReceiveMode, receive } from '../ledger/receive.ts';
import { trade } from '../testing/fallen-venue.ts';
import { actIn, bareVenue, personWith, setPrice } from '../testing/forced-venue.ts';
import { type QuoteRow, quoteBytes } from '../testing/price-feed.ts';
import { SmallAsset, SmallMarket } from '../testing/small-genesis.ts';
import type { Person, TestVenue } from '../testing/test-venue.ts';

const { USDC, ETH, SOL } = SmallAsset;
const { ETH_USDC_PERP, SOL_USDC, SOL_USDC_PERP } = SmallMarket;
const M = 1_000_000;

/** Lets seconds pass in which nobody quotes SOL. */
function withoutSol(venue: TestVenue, seconds: number): void {
  for (let at = 0; at < seconds; at += 1) {
    const second = venue.state.tickSecond + 1;
    const time = second * 1_000_000;
    const rows: QuoteRow[] = [];
    for (const source of venue.state.genesis.prices.sources.keys())
      for (const [asset, usd] of venue.usd.entries()) if (asset !== SOL) rows.push([source, asset, usd, usd, usd, time]);
    venue.send(commands.prices, { quotes: quoteBytes(rows) }, time);
    venue.send(commands.tick, { second }, time);
  }
}

function stageOf(venue: TestVenue, person: Person): number {
  return venue.state.liquidation.cases.stage[venue.state.accounts.liquidationCase[person.account]!]!;
}

function providing(venue: TestVenue, markets: readonly number[]): Person {
  const provider = personWith(venue, 9, [500_000 * M]);
  const most = 1e15;
  for (const market of markets)
    venue.as(provider, commands.setBackstop, { market, capitalAtoms: 50_000 * M, notionalAtoms: most, minuteAtoms: most, hourAtoms: most });
  return provider;
}

describe('what has a stale price', () => {
  it('waits in the stage of the account: providers take the rest, and the position itself once it has a price', () => {
    const venue = bareVenue();
    const long = personWith(venue, 1, [2_000 * M]);
    const rich = personWith(venue, 2, [1_000_000 * M]);
    const provider = providing(venue, [SOL_USDC_PERP, ETH_USDC_PERP]);
    trade(venue, SOL_USDC_PERP, long, rich, 10_000, 15_000);
    trade(venue, ETH_USDC_PERP, long, rich, 50_000, 300_000);
    withoutSol(venue, 50);
    setPrice(venue, ETH, 2_630);
    withoutSol(venue, 2);
    expect([venue.size(long, SOL_USDC_PERP), venue.size(long, ETH_USDC_PERP)]).toEqual([10_000, 0]);
    expect(stageOf(venue, long)).toBe(LiquidationStage.Backstop);
    for (let second = 0; second < 30 && venue.size(long, SOL_USDC_PERP) === 10_000; second += 1) venue.live(1);
    expect(venue.events(events.deleveraged)).toEqual([]);
    expect(venue.size(provider, SOL_USDC_PERP)).toBe(10_000 - venue.size(long, SOL_USDC_PERP));
    expect(venue.size(provider, SOL_USDC_PERP)).toBeGreaterThan(0);
    expect(venue.audit()).toEqual([]);
  });

  it('holds up a debt whose collateral it is', () => {
    const venue = bareVenue();
    const lender = personWith(venue, 1, [100_000 * M]);
    const debtor = personWith(venue, 2, [0, 0, 0, 0, 100e8]);
    providing(venue, [SOL_USDC]);
    actIn(venue.state, () => {
      pay(venue.state, debtor.account, USDC, 12_700 * M, PayPolicy.Forced, BorrowLendSource.Manual);
      receive(venue.state, lender.account, USDC, 12_700 * M, ReceiveMode.Lend, BorrowLendSource.Manual);
    });
    withoutSol(venue, 50);
    setPrice(venue, SOL, 144);
    withoutSol(venue, 2);
    expect(stageOf(venue, debtor)).toBe(LiquidationStage.Backstop);
    expect(venue.net(debtor, SOL)).toBe(100e8);
    for (let second = 0; second < 30 && venue.net(debtor, SOL) === 100e8; second += 1) venue.live(1);
    expect(venue.events(events.backstopTaken)).toMatchObject([{ debtAsset: USDC, collateralAsset: SOL, stage: LiquidationStage.Backstop }]);
    expect(venue.audit()).toEqual([]);
  });
});
