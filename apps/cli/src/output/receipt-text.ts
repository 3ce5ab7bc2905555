/** The story of a receipt in about ten lines, with the arithmetic; and what came out when it was computed again. */
import type { Receipt, ReceiptVerdict } from '@mochila/sdk';
import { type MergedAct, mergeActs } from './merge-acts.ts';
import type { Paint } from './paint.ts';
import { dueText } from './receipt-due-text.ts';
import { ruleText } from './receipt-rule-text.ts';

type Lines = Receipt['lines'];
type Totals = Lines['totals'][number];

const MICROS_PER_MILLI = 1_000;

/** Writes the story. */
export function receiptText(receipt: Receipt, paint: Paint): string {
  const { id, kind, role, symbol, asset, stage, timestampMicros, lines } = receipt;
  const time = new Date(Math.floor(Number(timestampMicros) / MICROS_PER_MILLI)).toISOString();
  const about = symbol ?? asset;
  const title = `${paint.strong(TITLES[kind] ?? kind)}${about === null ? '' : `  ${about}`}  ${paint.faint(`${time}  receipt ${id}`)}`;
  const [before, after] = [totalsAt(lines, 'Before'), totalsAt(lines, 'After')];
  const rule = role === 'Owner' ? ruleText(receipt) : null;
  return [
    title,
    ...(stage === null ? [] : [`stage ${stage} of the waterfall: ${STAGES[Number(stage)] ?? ''}${dueText(receipt)}`]),
    ...(role === 'Counterparty' ? ['Another account could not pay; this position of yours closed against it.'] : []),
    ...(before === undefined ? [] : [equityText('before', before), ...worstText(lines), marginText(before)]),
    ...markTexts(receipt),
    ...(rule === null ? [] : [rule]),
    ...(before === undefined ? balanceTexts(lines, 'Before') : []),
    ...actTexts(lines),
    ...(after === undefined ? balanceTexts(lines, 'After') : [equityText('after', after), marginText(after)]),
  ].join('\n');
}

const TITLES: Readonly<Record<string, string>> = {
  OrderCancel: 'Your orders were cancelled: the liquidation began',
  BookSlice: 'A slice of your position was closed on the book',
  CollateralSale: 'Collateral was traded on the book to repay a debt',
  BackstopTransfer: 'A backstop provider took a part of your position',
  BackstopDebt: 'A backstop provider paid a debt for collateral',
  FundTransfer: 'The fund took a part of your position or debt',
  FundPayment: 'The fund paid a debt for collateral',
  Deleveraging: 'A position was closed against winners',
  SettlementBorrow: 'A settlement was paid with a borrow',
  DebtNote: 'The fund paid a debt; a note says so',
  LendersLoss: 'Lenders bore what nobody could pay',
};

const STAGES = ['orders are cancelled', 'the book', 'backstop providers', 'the fund, for what providers did not take', 'deleveraging'];

function totalsAt({ totals }: Lines, moment: string): Totals | undefined {
  return totals.find((line) => line.moment === moment);
}

function equityText(when: string, { collateral, borrowLiability, netEquity }: Totals): string {
  return `${when.padEnd(7)} collateral ${usd(collateral)} - debts ${usd(borrowLiability)} = net equity ${usd(netEquity)}`;
}

function marginText({ netEquity, maintenanceMargin, totalExposure }: Totals): string {
  const sign = Number(netEquity) < Number(maintenanceMargin) ? '<' : '>=';
  const fraction = Number(totalExposure) > 0 ? (Number(netEquity) / Number(totalExposure)) * 100 : Number.NaN;
  const share = Number.isNaN(fraction) ? 'no exposure' : `margin fraction ${fraction.toFixed(2)} %`;
  return `        net equity ${usd(netEquity)} ${sign} maintenance margin ${usd(maintenanceMargin)}  (${share})`;
}

/** The position or debt that needs most margin. */
function worstText({ positions, holdings }: Lines): string[] {
  const ofPositions = positions.map(({ moment, market, size, notional, fraction, margin }) => ({
    moment,
    name: `${market} ${size}`,
    value: notional,
    fraction,
    margin,
  }));
  const owed = holdings.filter(({ asSettled }) => asSettled.startsWith('-'));
  const ofDebts = owed.map(({ moment, asset, asSettled, value, fraction, counted }) => ({
    moment,
    name: `debt of ${asSettled.slice(1)} ${asset}${asset === 'USDC' ? ' as if settled' : ''}`,
    value: value.replace('-', ''),
    fraction,
    margin: counted,
  }));
  const parts = [...ofPositions, ...ofDebts].filter(({ moment }) => moment === 'Before');
  const [worst] = parts.sort((a, b) => Number(b.margin) - Number(a.margin));
  if (worst === undefined) return [];
  const { name, value, fraction, margin } = worst;
  return [`        ${name}: ${usd(value)} * ${(Number(fraction) * 100).toFixed(3)} % = margin ${usd(margin)}`];
}

/** What there was of an asset, for a receipt that does not value the account. */
function balanceTexts({ holdings }: Lines, when: 'Before' | 'After'): string[] {
  return holdings
    .filter(({ moment }) => moment === when)
    .map(({ asset, free, lent, debt }) => `${when.toLowerCase().padEnd(7)} ${asset} free ${free}, lent ${lent}, debt ${debt}`);
}

function markTexts({ symbol, lines }: Receipt): string[] {
  const line = lines.markets.find(({ market }) => market === symbol);
  if (line === undefined) return assetTexts(lines);
  const sources = lines.assets.find(({ asset }) => asset === symbol?.split('_')[0])?.freshSources ?? '0';
  return [`prices  index ${short(line.index)} of ${sources} sources, mark ${line.mark} (${line.markRule}, ${line.grade})`];
}

/** Prices of what was given and paid, where no market is the subject. */
function assetTexts({ acts, assets }: Lines): string[] {
  const moved = new Set(acts.flatMap(({ asset, amount }) => (asset === null || asset === 'USDC' || Number(amount) === 0 ? [] : [asset])));
  const shown = assets.filter(({ asset }) => asset !== null && moved.has(asset));
  return shown.map(
    ({ asset, index, freshSources, mark, grade }) =>
      `prices  ${asset} index ${short(index)} of ${freshSources} sources, mark ${short(mark)} (${grade})`,
  );
}

const ACTS_SHOWN = 4;

function actTexts({ acts }: Lines): string[] {
  const merged = mergeActs(acts);
  const shown = merged.slice(0, ACTS_SHOWN).map((act, at) => `${at === 0 ? 'done    ' : '        '}${actText(act)}`);
  return merged.length > ACTS_SHOWN ? [...shown, `        and ${merged.length - ACTS_SHOWN} more`] : shown;
}

function actText({ act, market, asset, quantity, price, amount, fee, counterAccount, parts }: MergedAct): string {
  const side = quantity.startsWith('-') ? 'sold' : 'bought';
  const size = quantity.replace('-', '');
  const many = parts === 1 ? '' : ` in ${parts} parts`;
  const other = counterAccount === null ? '' : counterAccount === 'account' ? '' : ` (${counterAccount})`;
  if (act === 'OrderCancelled') return `cancelled ${quantity.startsWith('-') ? 'sell' : 'buy'} ${size} ${market} at ${price}`;
  if (act === 'PerpFill' || act === 'SpotFill') return `${side} ${size} ${market} at ${price}${many}, fee ${fee}${other}`;
  const isSigned = act === 'Settled' || act === 'Other';
  return `${ACTS[act] ?? act} ${isSigned ? amount : amount.replace('-', '')} ${asset ?? ''}${many}${other}`.trimEnd();
}

const ACTS: Readonly<Record<string, string>> = {
  Fee: 'fee',
  Charge: 'charge paid',
  DebtPaid: 'debt paid for you',
  CollateralGiven: 'collateral given',
  FundPaid: 'debt paid for you',
  Repaid: 'repaid from the same asset',
  NoteWritten: 'debt note written',
  LendersPaid: 'debt borne by lenders',
  Settled: 'profit and loss settled',
  Borrowed: 'of it borrowed',
  Redeemed: 'of it from lends',
  Other: 'cash beside the price',
};

/** Writes what came out: every part with the count of what matches, then what does not. */
export function verdictText({ isGood, checks }: ReceiptVerdict, paint: Paint): string {
  const parts = [...new Set(checks.map(({ part }) => part))];
  const summary = parts.map((part) => {
    const own = checks.filter((check) => check.part === part);
    const good = own.filter((check) => check.isGood).length;
    const text = `${part.padEnd(16)}${good} of ${own.length}`;
    return good === own.length ? `${paint.good('ok')}      ${text}` : `${paint.bad('WRONG')}   ${text}`;
  });
  const wrong = checks.filter((check) => !check.isGood);
  const details = wrong.map(({ part, what, found, computed }) => `  ${part}, ${what}: says ${found}, comes out as ${computed}`);
  return [...summary, ...details, isGood ? paint.good('Everything matches.') : paint.bad('This receipt does not match.')].join('\n');
}

function usd(figure: string): string {
  return `${Number(figure).toFixed(2)} USD`;
}

function short(figure: string): string {
  return String(Number(Number(figure).toPrecision(10)));
}
