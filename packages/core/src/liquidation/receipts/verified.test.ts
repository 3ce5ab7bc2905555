import { BorrowLendSource, commands, hashReceipt, type ReceiptDocument, ReceiptKind } from '@mochila/protocol';
import { type ReceiptCheck, verifyReceipt } from '@mochila/sdk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PayPolicy, pay } from '../../ledger/pay.ts';
import { ReceiveMode, receive } from '../../ledger/receive.ts';
import { fallenVenue, poorPerson, trade } from '../../testing/fallen-venue.ts';
import { actIn } from '../../testing/forced-venue.ts';
import { receiptsOf } from '../../testing/receipt-documents.ts';
import { SmallAsset, SmallMarket } from '../../testing/small-genesis.ts';
import type { TestVenue } from '../../testing/test-venue.ts';

const PERP = SmallMarket.BTC_USDC_PERP;

const wrong = (receipt: ReceiptDocument): readonly ReceiptCheck[] => verifyReceipt(receipt).checks.filter(({ isGood }) => !isGood);

/** Everything that `act` causes, as receipts. */
function recorded(venue: TestVenue, act: () => void): ReceiptDocument[] {
  const found: ReceiptDocument[] = [];
  const send = venue.sendOne.bind(venue);
  venue.sendOne = (...args) => {
    const answered = send(...args);
    found.push(...receiptsOf(venue));
    return answered;
  };
  act();
  expect(venue.audit()).toEqual([]);
  return found;
}

/** A long of one BTC on little money. */
function oneLong() {
  const { venue, rich } = fallenVenue();
  const long = poorPerson(venue, 2, 3_100);
  trade(venue, PERP, long, rich, 100_000, 600_000);
  return { venue, rich, long };
}

/** A long of BTC beside a debt of USDC, with SOL to pay it. */
function longInDebt() {
  const { venue, rich } = fallenVenue();
  const long = poorPerson(venue, 2, 0);
  venue.deposit(long, SmallAsset.SOL, 60e8);
  actIn(venue.state, () => {
    pay(venue.state, long.account, SmallAsset.USDC, 5_000e6, PayPolicy.Forced, BorrowLendSource.Manual);
    receive(venue.state, rich.account, SmallAsset.USDC, 5_000e6, ReceiveMode.Lend, BorrowLendSource.Manual);
  });
  trade(venue, PERP, long, rich, 80_000, 600_000);
  return { venue };
}

/** Its price falls, and there is a book to close on. */
function sliced(): ReceiptDocument[] {
  const { venue, rich, long } = oneLong();
  venue.place(long, PERP, 'ask', 1_000, 640_000);
  venue.place(long, SmallMarket.BTC_USDC, 'bid', 10, 100_000);
  venue.place(rich, PERP, 'bid', 5_000, 575_000);
  venue.place(rich, PERP, 'bid', 50_000, 573_000);
  venue.usd[SmallAsset.BTC] = 57_500;
  return recorded(venue, () => venue.live(25));
}

/** Its price falls, and nobody bids. */
function fallen({ venue }: { venue: TestVenue }, usd = 57_400): ReceiptDocument[] {
  venue.usd[SmallAsset.BTC] = usd;
  return recorded(venue, () => venue.live(60));
}

describe('receipts beyond the book', () => {
  it('of a backstop provider can be computed again, its charge too', () => {
    const world = oneLong();
    const provider = poorPerson(world.venue, 3, 200_000);
    const [capitalAtoms, notionalAtoms] = [50_000e6, 100_000e6];
    const posted = { market: PERP, capitalAtoms, notionalAtoms, minuteAtoms: notionalAtoms, hourAtoms: notionalAtoms };
    expect(world.venue.as(provider, commands.setBackstop, posted).rejectCode).toBe(0);
    const receipts = fallen(world);
    expect(receipts.map(({ kind }) => kind)).toContain('BackstopTransfer');
    for (const receipt of receipts) expect([receipt.kind, wrong(receipt)]).toEqual([receipt.kind, []]);
  });

  it('of the fund, and of deleveraging where nothing is left', () => {
    const byFund = fallen(oneLong());
    const deleveraged = fallen(oneLong(), 50_000);
    expect(byFund.map(({ kind }) => kind)).toContain('FundTransfer');
    expect(deleveraged.map(({ kind }) => kind)).toContain('Deleveraging');
    for (const receipt of [...byFund, ...deleveraged]) expect([receipt.kind, wrong(receipt)]).toEqual([receipt.kind, []]);
  });
});

describe('the reason of a taking', () => {
  const termsOf = ({ lines }: ReceiptDocument) => new Map(lines.terms.map(({ term, value }) => [term, value]));
  const takings = (receipts: ReceiptDocument[]) => receipts.filter(({ kind }) => kind === 'FundTransfer');
  /** With other values of some terms or parameters, and a hash that fits. */
  const forged = (receipt: ReceiptDocument, changes: Readonly<Record<string, string>>): ReceiptDocument => {
    const document: ReceiptDocument = structuredClone(receipt);
    for (const line of document.lines.terms) line.value = changes[line.term] ?? line.value;
    for (const line of document.lines.parameters) line.value = changes[line.parameter] ?? line.value;
    return { ...document, hash: hashReceipt(document) };
  };

  it('is what the book took, where that was too little', () => {
    const [first] = takings(fallen(oneLong()));
    const terms = termsOf(first!);
    expect(Number(terms.get('BookOffered'))).toBeGreaterThan(10_000);
    expect(terms.get('BookTaken')).toBe('0');
    expect(terms.has('DueExposure')).toBe(false);
    expect(wrong(first!)).toEqual([]);
    for (const changes of [{ BookTaken: terms.get('BookOffered')! }, { BookOffered: '0' }, { bookTakenMin: '0' }])
      expect(verifyReceipt(forged(first!, changes)).isGood).toBe(false);
  });

  it('is the margin fraction, from the lines of the receipt itself', () => {
    const { venue, rich } = fallenVenue();
    const long = poorPerson(venue, 2, 3_100);
    trade(venue, PERP, long, rich, 100_000, 600_000);
    const [first] = takings(fallen({ venue }, 57_150));
    expect([...termsOf(first!).keys()].filter((term) => /^(Due|Book)/.test(term))).toEqual([]);
    expect(wrong(first!)).toEqual([]);
    expect(verifyReceipt(forged(first!, { backstopMmfShare: '0.1', backstopMmfLess: '0.9' })).isGood).toBe(false);
  });

  it('stays that of the beginning of the turn for what the turn takes later', () => {
    const receipts = takings(fallen(longInDebt(), 56_800));
    const later = receipts.filter((receipt) => termsOf(receipt).has('DueExposure'));
    expect(later.length).toBeGreaterThan(0);
    for (const receipt of receipts) expect([receipt.kind, wrong(receipt)]).toEqual([receipt.kind, []]);
    for (const changes of [{ DueExposure: '1' }, { DueNetEquity: '-1000000' }])
      expect(verifyReceipt(forged(later[0]!, changes)).isGood).toBe(false);
  });
});

describe('receipts of a debt of USDC', () => {
  it('that the charge for a position taken before it made larger can be computed again', () => {
    const receipts = fallen(longInDebt(), 56_800);
    const taken = receipts.filter(({ kind }) => kind === 'FundTransfer');
    expect(taken.map(({ asset }) => asset)).toContain('USDC');
    for (const receipt of receipts) expect([receipt.kind, wrong(receipt)]).toEqual([receipt.kind, []]);
  });
});

describe('receipts of a liquidation on the book', () => {
  const receipts = sliced();

  it('are one for the orders and one for each slice, and all can be computed again', () => {
    const kinds = receipts.map(({ kind }) => kind);
    expect(kinds[0]).toBe('OrderCancel');
    expect(kinds.filter((kind) => kind === 'BookSlice').length).toBeGreaterThan(1);
    expect(receipts[0]?.lines.acts.map(({ act }) => act)).toContain('OrderCancelled');
    for (const receipt of receipts) expect([receipt.kind, wrong(receipt)]).toEqual([receipt.kind, []]);
    expect(new Set(receipts.map(({ number }) => number)).size).toBe(receipts.length);
    expect(Object.keys(ReceiptKind)).toEqual(expect.arrayContaining(kinds));
  });

  it('do not match with any digit of any number changed', () => {
    fc.assert(
      fc.property(fc.nat(receipts.length - 1), fc.nat(), fc.nat(), fc.integer({ min: 1, max: 9 }), (at, place, digit, by) => {
        const changed = withDigit(receipts[at]!, place, digit, by);
        expect(verifyReceipt(changed).isGood).toBe(false);
      }),
      { seed: 51_002, numRuns: 400 },
    );
  });
});

describe('a receipt whose hash was made anew', () => {
  it('is found out by its own numbers, wherever a digit of a line changes', () => {
    const receipts = sliced();
    let [caught, tried] = [0, 0];
    const missed = new Set<string>();
    fc.assert(
      fc.property(fc.nat(receipts.length - 1), fc.nat(), fc.nat(), fc.integer({ min: 1, max: 9 }), (at, place, digit, by) => {
        const { document, column } = withLineDigit(receipts[at]!, place, digit, by);
        const isCaught = !verifyReceipt({ ...document, hash: hashReceipt(document) }).isGood;
        tried += 1;
        if (isCaught) caught += 1;
        else missed.add(column);
      }),
      { seed: 51_003, numRuns: 3_000 },
    );
    // Bounds that the account did not come near, what a median leaves out, and names of orders and trades.
    expect([...missed].filter((column) => !FREE.includes(column)).sort()).toEqual([]);
    expect(caught / tried).toBeGreaterThan(SHARE_MIN);
  });
});

/** Of all changed digits; it is 0.78 here, and 0.84 over receipts of every kind. */
const SHARE_MIN = 0.75;

const FREE: readonly string[] = [
  'acts.orderId',
  'acts.price',
  'acts.quantity',
  'acts.tradeId',
  'acts.trades',
  'assets.markBefore',
  'assets.seconds',
  'assets.stepPerSecond',
  'holdings.held',
  'markets.markBefore',
  'markets.mmfFactor',
  'markets.premiumBound',
  'parameters.value',
  'positions.openAsk',
  'sources.ageMicros',
  'sources.ask',
  'sources.bid',
  'sources.last',
  'sources.weight',
  'terms.value',
];

/** The receipt with one digit of one line changed, and which column it was. */
function withLineDigit(receipt: ReceiptDocument, place: number, digit: number, by: number): { document: ReceiptDocument; column: string } {
  const cells = Object.entries(receipt.lines).flatMap(([section, rows]) =>
    rows.flatMap((row, at) =>
      Object.entries(row).flatMap(([column, cell]) =>
        typeof cell === 'string' && /^-?[\d.]+$/.test(cell) ? [{ section, at, column, cell }] : [],
      ),
    ),
  );
  const { section, at, column, cell } = cells[place % cells.length]!;
  const digits = [...cell.matchAll(/\d/g)].map(({ index }) => index);
  const index = digits[digit % digits.length]!;
  const changed = cell.slice(0, index) + String((Number(cell[index]) + by) % 10) + cell.slice(index + 1);
  const document: ReceiptDocument = structuredClone(receipt);
  for (const [name, rows] of Object.entries(document.lines)) if (name === section) Object.assign(rows[at]!, { [column]: changed });
  return { document, column: `${section}.${column}` };
}

/** The receipt with one digit of one number changed; the hash is as it was. */
function withDigit(receipt: ReceiptDocument, place: number, digit: number, by: number): ReceiptDocument {
  const text = JSON.stringify(receipt);
  const digits = [...text.matchAll(/\d/g)].map(({ index }) => index);
  const index = digits[(place + digit) % digits.length]!;
  const changed = String((Number(text[index]) + by) % 10);
  return JSON.parse(text.slice(0, index) + changed + text.slice(index + 1));
}
