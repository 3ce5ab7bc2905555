/**
 * Rows of receipts. One that the engine wrote becomes a row of its owner, and at a deleveraging one of each winner, without
 * what is the owner's alone. A settlement paid with a borrow becomes a receipt here: a million accounts settle every ten
 * seconds, and what there is to say stands in two events of the command.
 */
import {
  BorrowLendEventType,
  BorrowLendSource,
  decodeReceiptLines,
  type EventBatch,
  type EventFields,
  emptyReceiptLines,
  encodeBase64,
  encodeReceiptLines,
  RECEIPT_RULE_VERSION,
  ReceiptAct,
  type ReceiptHistoryRow,
  ReceiptKind,
  type ReceiptLines,
  ReceiptMoment,
  ReceiptRole,
  type ReceiptRow,
} from '@mochila/protocol';

/** Rows one event may become: places of rows are places of events times this. */
const ROWS_OF_EVENT = 65_536;

/** The rows of a receipt that the engine wrote: its owner's first. */
export function rowsOfReceipt({ seq, timeMicros }: EventBatch, ix: number, receipt: EventFields<'receiptWritten'>): ReceiptHistoryRow[] {
  const { lines, ...head } = receipt;
  const owner: ReceiptHistoryRow = {
    ...head,
    seq,
    ix: ix * ROWS_OF_EVENT,
    role: ReceiptRole.Owner,
    lines: encodeBase64(lines),
    timeMicros,
  };
  return receipt.kind === ReceiptKind.Deleveraging ? [owner, ...rowsOfWinners(owner, decodeReceiptLines(lines))] : [owner];
}

/**
 * Receipts of a batch that are for certain accounts, as history keeps them: of the engine's acts, and of settlements that were
 * paid with a borrow.
 */
export function receiptRowsOf(batch: EventBatch, isWanted: (account: number) => boolean): ReceiptHistoryRow[] {
  const found: ReceiptHistoryRow[] = [];
  const settlements = new SettlementBorrows();
  for (const [ix, event] of batch.events.entries()) {
    if (event.name === 'receiptWritten') {
      const isOthers = event.fields.kind !== ReceiptKind.Deleveraging && !isWanted(event.fields.account);
      if (!isOthers) found.push(...rowsOfReceipt(batch, ix, event.fields).filter(({ account }) => isWanted(account)));
    } else if (event.name === 'accountSettled' && isWanted(event.fields.account)) settlements.noteSettled(event.fields);
    else if (event.name === 'borrowLendMoved' && isWanted(event.fields.account))
      found.push(...settlements.rowsOfMove(batch, ix, event.fields));
  }
  return found;
}

function rowsOfWinners(owner: ReceiptHistoryRow, lines: ReceiptLines): ReceiptHistoryRow[] {
  const winners = new Set(lines.acts.flatMap(({ act, counterAccount }) => (act === ReceiptAct.PerpFill ? [counterAccount] : [])));
  const accounts = [...winners].filter((account) => account >= 0);
  return accounts.map((account, place) => {
    const own = lines.acts.filter((act) => act.counterAccount === account && OF_WINNERS.has(act.act)).map(mirrored);
    const seen = { ...emptyReceiptLines(), ...pricesOf(lines), acts: own, terms: lines.terms };
    return {
      ...owner,
      ix: owner.ix + place + 1,
      account,
      role: ReceiptRole.Counterparty,
      lines: encodeBase64(encodeReceiptLines(seen)),
    };
  });
}

/** What a winner is part of: fills, and cash beside their price. */
const OF_WINNERS: ReadonlySet<number> = new Set([ReceiptAct.PerpFill, ReceiptAct.Other]);

/** The other side of a fill or a payment; fees were the owner's. */
function mirrored(act: ReceiptRow<'acts'>): ReceiptRow<'acts'> {
  return { ...act, lots: 0 - act.lots, atoms: 0 - act.atoms, feeAtoms: 0, orderId: 0 };
}

/** What made the prices; weights and margins are for lines of an account, which a winner is not shown. */
function pricesOf({ parameters, assets, sources, markets }: ReceiptLines): Partial<ReceiptLines> {
  return {
    parameters,
    sources,
    assets: assets.map((line) => ({ ...line, ...NO_FUNCTIONS })),
    markets: markets.map((line) => ({ ...line, mmfBase: 0, mmfFactor: 0 })),
  };
}

const NO_FUNCTIONS = { weightKind: 0, weight: 0, weightBase: 0, weightPenalty: 0, borrowMmfBase: 0, borrowMmfFactor: 0 };

/** Gathers the settlements of one command, and what they redeemed. */
export class SettlementBorrows {
  readonly #settled = new Map<number, EventFields<'accountSettled'>>();
  readonly #redeemed = new Map<number, number>();

  /** Forgets the batch of before. */
  begin(): void {
    if (this.#settled.size > 0) this.#settled.clear();
    if (this.#redeemed.size > 0) this.#redeemed.clear();
  }

  noteSettled(settled: EventFields<'accountSettled'>): void {
    this.#settled.set(settled.account, settled);
  }

  /** The receipt of a settlement that was paid with a borrow; other lending acts have none. A redeem is told before the borrow that follows it. */
  rowsOfMove({ seq, timeMicros }: EventBatch, ix: number, move: EventFields<'borrowLendMoved'>): ReceiptHistoryRow[] {
    const { account, asset, eventType, quantityAtoms } = move;
    if (move.source !== BorrowLendSource.Reconciliation) return [];
    if (eventType === BorrowLendEventType.LendRedeem) this.#redeemed.set(account, quantityAtoms);
    const settled = this.#settled.get(account);
    if (eventType !== BorrowLendEventType.Borrow || settled === undefined || settled.deltaAtoms >= 0) return [];
    const lines = settlementLines(settled, asset, quantityAtoms, this.#redeemed.get(account) ?? 0);
    const row = {
      seq,
      ix: ix * ROWS_OF_EVENT,
      account,
      receipt: 0,
      role: ReceiptRole.Owner,
      kind: ReceiptKind.SettlementBorrow,
      market: -1,
      asset,
      stage: -1,
      ruleVersion: RECEIPT_RULE_VERSION,
      actsOmitted: 0,
      lines: encodeBase64(encodeReceiptLines(lines)),
      timeMicros,
    };
    return [row];
  }
}

function settlementLines(settled: EventFields<'accountSettled'>, asset: number, borrowed: number, redeemed: number): Partial<ReceiptLines> {
  const { freeAtoms, lentAtoms, debtAtoms, heldAtoms, deltaAtoms } = settled;
  const after = holdingLine(ReceiptMoment.After, asset, freeAtoms, lentAtoms, debtAtoms, heldAtoms);
  const paidFree = 0 - deltaAtoms - redeemed - borrowed;
  const before = holdingLine(ReceiptMoment.Before, asset, freeAtoms + paidFree, lentAtoms + redeemed, debtAtoms - borrowed, heldAtoms);
  const acts = [actLine(ReceiptAct.Settled, asset, deltaAtoms), actLine(ReceiptAct.Borrowed, asset, borrowed)];
  if (redeemed > 0) acts.push(actLine(ReceiptAct.Redeemed, asset, redeemed));
  return { holdings: [before, after], acts };
}

function holdingLine(
  moment: number,
  asset: number,
  freeAtoms: number,
  lentAtoms: number,
  debtAtoms: number,
  heldAtoms: number,
): ReceiptRow<'holdings'> {
  const asSettledAtoms = freeAtoms + lentAtoms - debtAtoms;
  const unvalued = { price: 0, value: 0, fraction: 0, counted: 0, exposure: 0 };
  return { moment, asset, freeAtoms, lentAtoms, debtAtoms, heldAtoms, asSettledAtoms, ...unvalued };
}

function actLine(act: number, asset: number, atoms: number): ReceiptRow<'acts'> {
  const nothing = { counterAccount: -1, market: -1, lots: 0, priceTicks: 0, feeAtoms: 0, orderId: 0, tradeId: 0, trades: 0 };
  return { act, asset, atoms, ...nothing };
}
