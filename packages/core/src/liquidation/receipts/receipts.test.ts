import { events, RECEIPT_SECTIONS, ReceiptAct, ReceiptKind, type ReceiptSection } from '@mochila/protocol';
import { describe, expect, it } from 'vitest';
import { clearEvents } from '../../event-buffer.ts';
import { SmallAsset, SmallMarket } from '../../testing/small-genesis.ts';
import { type Person, TestVenue } from '../../testing/test-venue.ts';
import { closeReceipt } from './close-receipt.ts';
import { openReceipt } from './open-receipt.ts';

const BTC_PERP = SmallMarket.BTC_USDC_PERP;

type Row = { [column: string]: number };

/** Rows of a section of the last receipt, read by the layout alone. */
function sectionOf(venue: TestVenue, name: ReceiptSection): Row[] {
  const receipt = venue.events(events.receiptWritten).at(-1)!;
  const words = new Float64Array(receipt.lines.buffer, receipt.lines.byteOffset, receipt.lines.length / 8);
  const { code, columns } = RECEIPT_SECTIONS[name];
  for (let at = 0; at < words.length; at += 3 + words[at + 1]! * words[at + 2]!) {
    if (words[at] !== code) continue;
    expect(words[at + 2]).toBe(columns.length);
    return Array.from({ length: words[at + 1]! }, (_, row) =>
      Object.fromEntries(columns.map((column, place) => [column, words[at + 3 + row * columns.length + place]!])),
    );
  }
  throw new Error(`no section ${name}`);
}

/** A person long one BTC against another, with debts and lends of several assets, and what a receipt says of it. */
function leveraged(): { venue: TestVenue; long: Person; short: Person } {
  const venue = new TestVenue();
  const short = venue.person(1);
  const long = venue.person(2);
  const market = venue.state.markets[BTC_PERP]!;
  const lots = Math.round(1 / market.lotSize);
  venue.place(short, BTC_PERP, 'ask', lots, market.price.markTicks);
  venue.place(long, BTC_PERP, 'bid', lots, 0);
  venue.usd[SmallAsset.BTC] = 59_000;
  venue.live(3);
  return { venue, long, short };
}

describe('a receipt', () => {
  it('adds up to the engine’s own equity and margin to the last bit', () => {
    const { venue, long } = leveraged();
    openReceipt(venue.state, { kind: ReceiptKind.BookSlice, account: long.account, market: BTC_PERP, asset: -1, stage: 1 });
    closeReceipt(venue.state);
    const positions = sectionOf(venue, 'positions').filter((row) => row.moment === 0);
    const holdings = sectionOf(venue, 'holdings').filter((row) => row.moment === 0);
    const [before, after] = sectionOf(venue, 'totals');
    const health = venue.health(long);
    const owned = holdings.filter((row) => row.asSettledAtoms! >= 0);
    const owed = holdings.filter((row) => row.asSettledAtoms! < 0);
    expect(positions.length).toBe(1);
    expect(holdings.length).toBeGreaterThan(2);
    let maintenance = 0;
    for (const row of positions) maintenance += row.margin!;
    for (const row of owed) maintenance += row.counted!;
    expect(before!.maintenanceMargin).toBe(maintenance);
    expect(before!.maintenanceMargin).toBe(health.maintenanceMargin);
    expect(before!.netEquity).toBe(health.netEquity);
    expect(owned.reduce((sum, row) => sum + row.counted!, 0)).toBe(health.collateral);
    expect(after).toEqual({ ...before, moment: 1 });
  });

  it('reads the fills of its account from the events, trades at one price as one act', () => {
    const { venue, long, short } = leveraged();
    const market = venue.state.markets[BTC_PERP]!;
    const lots = Math.round(0.2 / market.lotSize);
    venue.place(short, BTC_PERP, 'bid', lots / 2, market.price.markTicks);
    venue.place(short, BTC_PERP, 'bid', lots / 2, market.price.markTicks);
    clearEvents(venue.state.out);
    openReceipt(venue.state, { kind: ReceiptKind.BookSlice, account: long.account, market: BTC_PERP, asset: -1, stage: 1 });
    venue.place(long, BTC_PERP, 'ask', lots, 0);
    expect(closeReceipt(venue.state)).toBe(1);
    const acts = sectionOf(venue, 'acts');
    expect(acts).toMatchObject([
      { act: ReceiptAct.PerpFill, counterAccount: short.account, lots: -lots, priceTicks: market.price.markTicks, trades: 2 },
    ]);
    const [before, after] = sectionOf(venue, 'positions');
    expect(after!.sizeLots).toBe(before!.sizeLots! - lots);
  });

  it('is counted and says nothing while events are off', () => {
    const { venue, long } = leveraged();
    venue.state.out.isOn = false;
    const words = venue.state.out.length;
    openReceipt(venue.state, { kind: ReceiptKind.DebtNote, account: long.account, market: -1, asset: 0, stage: 4 });
    expect(closeReceipt(venue.state)).toBe(1);
    expect(venue.state.out.length).toBe(words);
  });
});
