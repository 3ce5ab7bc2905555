/** Rows of positions, settlements, lending, the fund and what comes and goes. */
import {
  BorrowLendEventType,
  BorrowLendSide,
  type EngineEvent,
  type EventBatch,
  type EventFields,
  SettlementSource,
} from '@mochila/protocol';
import { MICROS_PER_MINUTE } from '@mochila/units';
import { PositionChange } from '../position-update.ts';
import { textOfBytes } from '../text-of-bytes.ts';
import type { PendingRows } from './pending-rows.ts';

/** Price of the last fill of each account and market within the running batch. */
export type LastFills = ReadonlyMap<string, number>;

/** Adds the rows of an event that is not about an order; others add nothing. */
export function addMoneyRows(rows: PendingRows, batch: EventBatch, ix: number, event: EngineEvent, lastFills: LastFills): void {
  const { seq, timeMicros } = batch;
  switch (event.name) {
    case 'positionChanged':
      addPosition(rows, batch, ix, event.fields, lastFills);
      break;
    case 'accountSettled': {
      const { account, deltaAtoms } = event.fields;
      rows.append('settlements', {
        seq,
        ix: ix * 2,
        account,
        source: SettlementSource.RealizePnl,
        amountAtoms: deltaAtoms,
        timeMicros,
      });
      break;
    }
    case 'fundingPaid': {
      const { account, amountAtoms } = event.fields;
      rows.append('fundingPayments', { ...event.fields, seq, ix });
      rows.append('settlements', { seq, ix: ix * 2, account, source: SettlementSource.FundingPayment, amountAtoms, timeMicros });
      break;
    }
    case 'fundingRateSet':
      rows.append('fundingRates', { ...event.fields, seq, ix });
      break;
    case 'epochMarket':
      rows.append('epochMarkets', { ...event.fields, seq, ix });
      break;
    case 'epochClosed':
      rows.append('epochs', { ...event.fields, seq, ix, closedAtMicros: timeMicros });
      break;
    case 'interestPaid':
      rows.append('interestPayments', { ...event.fields, seq, ix });
      break;
    case 'borrowLendMoved':
      addMove(rows, batch, ix, event.fields);
      break;
    case 'poolUpdated':
      rows.setPool({ ...event.fields, minuteMicros: Math.floor(timeMicros / MICROS_PER_MINUTE) * MICROS_PER_MINUTE });
      break;
    case 'deleveraged': {
      const { account: _, ...close } = event.fields;
      rows.append('deleveragings', { ...close, seq, ix, timeMicros });
      break;
    }
    case 'fundMoved': {
      const { account: _, ...move } = event.fields;
      rows.append('fundMoves', { ...move, seq, ix, timeMicros });
      break;
    }
    default:
      addCustodyRows(rows, batch, ix, event);
      break;
  }
}

function addCustodyRows(rows: PendingRows, { seq, timeMicros }: EventBatch, ix: number, event: EngineEvent): void {
  switch (event.name) {
    case 'depositCredited': {
      const { reference, fromAddress, ...deposit } = event.fields;
      rows.append('deposits', {
        ...deposit,
        seq,
        ix,
        reference: textOfBytes(reference),
        fromAddress: textOfBytes(fromAddress),
        timeMicros,
      });
      break;
    }
    case 'withdrawalChanged': {
      const { address, blockchain, clientReference, transaction, ...withdrawal } = event.fields;
      const texts = { address: textOfBytes(address), blockchain: textOfBytes(blockchain), clientReference: textOfBytes(clientReference) };
      rows.setWithdrawal({ ...withdrawal, ...texts, transactionHash: textOfBytes(transaction), seq, ix, updatedSeq: seq });
      break;
    }
    case 'dustConverted':
      rows.append('dustConversions', { ...event.fields, seq, ix, timeMicros });
      break;
    case 'transferred':
      rows.append('transfers', { ...event.fields, seq, ix, timeMicros });
      break;
    case 'accountCreated':
      rows.append('accounts', { ...event.fields, seq, ix, createdAtMicros: timeMicros });
      break;
  }
}

function addPosition(
  rows: PendingRows,
  batch: EventBatch,
  ix: number,
  position: EventFields<'positionChanged'>,
  lastFills: LastFills,
): void {
  const { seq, timeMicros } = batch;
  const { change, ...fields } = position;
  const isClosed = change === PositionChange.Closed;
  rows.setPosition({
    ...fields,
    seq,
    ix,
    entryLots: fields.sizeLots,
    closedAtMicros: isClosed ? timeMicros : 0,
    closingTicks: isClosed ? (closingFillTicks(batch, ix, fields) ?? lastFills.get(`${fields.account}/${fields.market}`) ?? 0) : 0,
    updatedSeq: seq,
  });
}

/** Price of the fill that closed a position: the engine tells the end of a position just before the fill that made it. */
function closingFillTicks(batch: EventBatch, ix: number, { account, market }: { account: number; market: number }): number | undefined {
  for (const { name, fields } of batch.events.slice(ix + 1)) {
    if (name !== 'fill' || fields.market !== market) continue;
    if (fields.takerAccount === account || fields.makerAccount === account) return fields.priceTicks;
  }
  return undefined;
}

function addMove(rows: PendingRows, { seq, timeMicros }: EventBatch, ix: number, move: EventFields<'borrowLendMoved'>): void {
  rows.append('borrowLendMoves', { ...move, seq, ix, timeMicros });
  const isDebt = move.eventType === BorrowLendEventType.Borrow || move.eventType === BorrowLendEventType.BorrowRepay;
  const { account, asset, positionId, source, positionAtoms: quantityAtoms } = move;
  rows.setBorrowLend({
    seq,
    ix,
    account,
    asset,
    positionId,
    side: isDebt ? BorrowLendSide.Borrow : BorrowLendSide.Lend,
    quantityAtoms,
    source,
    openedAtMicros: timeMicros,
    closedAtMicros: quantityAtoms === 0 ? timeMicros : 0,
    updatedSeq: seq,
  });
}
