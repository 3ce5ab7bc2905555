/** Opens a receipt before a forced act: what the engine sees is kept (liquidation rules 4). */
import { ReceiptMoment } from '@mochila/protocol';
import type { State } from '../../state.ts';
import { addAccountLines } from './account-lines.ts';
import { pushDraft, type ReceiptSubject } from './receipt-draft.ts';

/**
 * Begins a receipt; {@link closeReceipt} ends it in the same command. Nothing of the state is written. Receipts may nest:
 * an act belongs to the one opened last.
 */
export function openReceipt(state: State, { kind, account, market, asset, stage }: ReceiptSubject): void {
  const draft = pushDraft(state.out, state.seq);
  const { subject } = draft;
  subject.kind = kind;
  subject.account = account;
  subject.market = market;
  subject.asset = asset;
  subject.stage = stage;
  draft.outStart = state.out.length;
  if (state.out.isOn) addAccountLines(state, draft, ReceiptMoment.Before);
}
