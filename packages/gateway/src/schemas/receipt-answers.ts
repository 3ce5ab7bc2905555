/** Receipts: what the venue saw, which rule it followed, what it did. Every number is text and exact, so that all can be computed again. */
import { RECEIPT_SECTIONS, type ReceiptKind, type ReceiptRole, type ReceiptSection } from '@mochila/protocol';
import { z } from 'zod';
import { dec, orNull, str } from './answer-scalars.ts';
import { define, words } from './define.ts';
import { AssetSymbol, MarketSymbol } from './scalars.ts';

const KINDS = [
  'OrderCancel',
  'BookSlice',
  'CollateralSale',
  'BackstopTransfer',
  'BackstopDebt',
  'FundTransfer',
  'FundPayment',
  'Deleveraging',
  'SettlementBorrow',
  'DebtNote',
  'LendersLoss',
] as const satisfies readonly (keyof typeof ReceiptKind)[];

/** What a receipt is about. */
export const ReceiptKindWord = words('ReceiptKind', 'What the venue did.', KINDS);
/** What a receipt is about. */
export type ReceiptKindWord = z.infer<typeof ReceiptKindWord>;

/** Whom a receipt is for. */
export const ReceiptRoleWord = words(
  'ReceiptRole',
  'Whether it was done to this account, or with a position of this account to carry it out.',
  ['Owner', 'Counterparty'] as const satisfies readonly (keyof typeof ReceiptRole)[],
);

const head = {
  id: str('Sequence of the command, and place within it.', '91422-65536'),
  number: dec('Number in the venue; 0 for one made of a settlement.', '771'),
  kind: ReceiptKindWord,
  role: ReceiptRoleWord,
  stage: orNull(dec('Stage of the waterfall, 0 to 4.', '1')),
  rules: str('Rules and their version.', 'liquidation/3'),
  sequence: dec('Sequence of the command in the journal.', '91422'),
  timestampMicros: dec('Time of the command, in microseconds since 1970.', '1750793021519000'),
  symbol: orNull(MarketSymbol),
  asset: orNull(AssetSymbol),
};

/** A receipt in a list. */
export const ReceiptSummary = define('ReceiptSummary', 'A receipt in a list; its route shows every line.', z.strictObject(head));
/** A receipt in a list. */
export type ReceiptSummary = z.infer<typeof ReceiptSummary>;

/** Columns that need more than their name. Others are prices, amounts or USD figures of what their name says. */
const NOTES: Readonly<Record<string, string>> = {
  moment: 'Before or After the act.',
  quantity: 'Units of the base asset; negative was sold.',
  amount: 'Change of free + lent - debt of the asset.',
  asSettled: 'free + lent - debt; of USDC with the profit and loss of all positions, as if settled now.',
  fraction: 'Maintenance margin fraction, or of what is owned its weight as collateral.',
  counted: 'Value times fraction: collateral, or maintenance margin of what is owed.',
  quoteUsd: 'USD of one unit that the source quotes in.',
  price: 'Price; of a source the median of bid, ask and last in USD.',
  clamped: 'Price held near the median of the sources; 0 when the source did not count.',
  ewma: 'Smoothed premium over the index.',
  layer1: 'Index and smoothed premium.',
  layer2: 'Layer 1 within the premium bound.',
  layer3: 'Layer 2 within the step limit: the mark before it is rounded to ticks.',
  markRule: 'How the mark came about: First, Stepped, Index, Held or Assets.',
  trades: 'Consecutive trades at one price told as one.',
  counterAccount: 'The other side: fund, venue, or account for anybody else.',
};

/** The rows of one section; texts, flags and symbols. */
function rowsOf(section: ReceiptSection) {
  const cells = RECEIPT_SECTIONS[section].columns.map((column) => {
    const name = column === 'lots' ? 'quantity' : column === 'atoms' ? 'amount' : column.replace(/(Lots|Ticks|Atoms)$/, '');
    return [name, cellOf(name)] as const;
  });
  return z.array(z.strictObject(Object.fromEntries(cells)));
}

function cellOf(name: string): z.ZodType {
  const description = NOTES[name] ?? `${name.replaceAll(/([A-Z])/g, ' $1').toLowerCase()}.`;
  if (name.startsWith('is')) return z.boolean().meta({ description, examples: [true] });
  const isNullable = ['asset', 'market', 'underlying', 'counterAccount'].includes(name);
  return isNullable ? orNull(str(description, 'SOL')) : str(description, '1.5');
}

/** A receipt. */
export const Receipt = define(
  'Receipt',
  'Why the venue acted on an account by itself: what it saw, which rule, what it did; enough to compute all of it again.',
  z.strictObject({
    ...head,
    actsOmitted: dec('Acts that found no room.', '0'),
    scales: z.strictObject({
      assets: z.array(z.strictObject({ symbol: AssetSymbol, decimals: dec('Digits after the point.', '9') })),
      markets: z.array(
        z.strictObject({
          symbol: MarketSymbol,
          base: AssetSymbol,
          quote: AssetSymbol,
          tickSize: dec('Smallest step of the price.', '0.01'),
          lotSize: dec('Smallest step of the quantity.', '0.001'),
        }),
      ),
    }),
    lines: z.strictObject({
      parameters: rowsOf('parameters'),
      assets: rowsOf('assets'),
      sources: rowsOf('sources'),
      markets: rowsOf('markets'),
      positions: rowsOf('positions'),
      holdings: rowsOf('holdings'),
      totals: rowsOf('totals'),
      acts: rowsOf('acts'),
      terms: rowsOf('terms'),
    }),
    hash: str('SHA-256 of the canonical text of all the rest, in hex.', '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'),
  }),
);
/** A receipt. */
export type Receipt = z.infer<typeof Receipt>;
