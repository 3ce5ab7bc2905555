/**
 * The engine: one switch over the commands. A command runs in a frame, after its sender was authorised; what follows
 * from it in the ledger (fees, uncovered orders, balances and positions to tell) is done once, before the frame closes.
 */
import {
  BorrowLendSource,
  CancelOrderView,
  commandNameOf,
  commands,
  decodeRecord,
  HeaderView,
  PERMISSION_ALL,
  Permission,
  PlaceOrderView,
  type Reject,
  recordCode,
  type UserHeader,
  viewCancelOrder,
  viewHeader,
  viewPlaceOrder,
} from '@mochila/protocol';
import { assert } from '@mochila/units';
import { cancelAllOrders } from './commands/cancel-all-orders.ts';
import { cancelOrder } from './commands/cancel-order.ts';
import { completeWithdrawal } from './commands/complete-withdrawal.ts';
import { convertDust } from './commands/convert-dust.ts';
import { createKey } from './commands/create-key.ts';
import { createSubaccount } from './commands/create-subaccount.ts';
import { creditDeposit } from './commands/credit-deposit.ts';
import { executeBorrowLend } from './commands/execute-borrow-lend.ts';
import { fireTriggers } from './commands/fire-triggers.ts';
import { applyGenesis } from './commands/genesis.ts';
import { liquidate } from './commands/liquidate.ts';
import { placeOrder } from './commands/place-order.ts';
import { applyPrices } from './commands/prices.ts';
import { registerUser } from './commands/register-user.ts';
import { repayDebtNote } from './commands/repay-debt-note.ts';
import { requestWithdrawal } from './commands/request-withdrawal.ts';
import { applyResume } from './commands/resume.ts';
import { revokeKey } from './commands/revoke-key.ts';
import { setBackstop } from './commands/set-backstop.ts';
import { applySetBookState } from './commands/set-book-state.ts';
import { setFeeTier } from './commands/set-fee-tier.ts';
import { applySetPoolState } from './commands/set-pool-state.ts';
import { setWithdrawalDelay } from './commands/set-withdrawal-delay.ts';
import { applySettleSlice } from './commands/settle-slice.ts';
import { applyTick } from './commands/tick.ts';
import { transfer } from './commands/transfer.ts';
import { updateAccount } from './commands/update-account.ts';
import { applyUpdateParameters } from './commands/update-parameters.ts';
import { useFaucet } from './commands/use-faucet.ts';
import { clearEvents } from './event-buffer.ts';
import { authorise } from './identity/authorise.ts';
import { findIdempotent, rememberAnswer, storedAnswer } from './identity/idempotent-answers.ts';
import { FEES_ACCOUNT } from './ledger/accounts.ts';
import { closeFrame, openFrame } from './ledger/frame.ts';
import { settleFreeCredits } from './ledger/free-credits.ts';
import { ReceiveMode, receive } from './ledger/receive.ts';
import { cancelUncoveredOfTouched } from './matching/cancel-uncovered.ts';
import { announcePositions } from './matching/position-events.ts';
import type { State } from './state.ts';

/**
 * Applies one command record. Afterwards `state.scratch.outcome` and `state.scratch.result` are its answer and
 * `state.out` holds its events.
 *
 * @param seq - the next sequence: one more than `state.seq`.
 * @param timeMicros - command time, never before the last.
 * @param words - holds the record at `offset`; it is only read.
 * @throws AssertionError on a bug: the state is not to be used any more.
 */
export function apply(state: State, seq: number, timeMicros: number, words: Float64Array, offset: number): void {
  assert(seq === state.seq + 1, 'commands are applied in sequence');
  assert(timeMicros >= state.timeMicros, 'command time never runs backwards');
  state.seq = seq;
  state.timeMicros = timeMicros;
  clearEvents(state.out);
  const { scratch } = state;
  scratch.resultLength = 0;
  scratch.outcome.isRepeated = false;
  openFrame(state);
  const refused = run(state, words, offset);
  scratch.outcome.rejectCode = refused === null ? 0 : refused.code;
  scratch.outcome.value = refused === null ? 0 : refused.value;
  scratch.outcome.limit = refused === null ? 0 : refused.limit;
  finishCommand(state);
}

/** What every command ends with: fees to the venue, orders no longer covered, the tellings, the closed frame. */
function finishCommand(state: State): void {
  if (state.scratch.isMoneyMoved) finishMoney(state);
  announcePositions(state);
  closeFrame(state);
  state.scratch.shortIndex.isSettling = false;
}

function finishMoney(state: State): void {
  const { feesAtoms } = state.scratch;
  for (let asset = 0; asset < state.assets.length; asset += 1) {
    const atoms = feesAtoms[asset]!;
    if (atoms === 0) continue;
    feesAtoms[asset] = 0;
    assert(atoms > 0, 'no rebate is larger than the smallest taker fee');
    receive(state, FEES_ACCOUNT, asset, atoms, ReceiveMode.Lend, BorrowLendSource.AutoLend, 0);
    if (asset === state.usdc) state.settlement.feesAtoms += atoms;
  }
  settleFreeCredits(state);
  cancelUncoveredOfTouched(state);
}

// Headers and the hottest two commands are read where they lie.
const headerView = new HeaderView();
const placeOrderView = new PlaceOrderView();
const cancelOrderView = new CancelOrderView();

/** The switch: every command, what it decodes to, which permission it needs, who handles it. */
function run(state: State, words: Float64Array, offset: number): Reject | null {
  const name = commandNameOf(recordCode(words, offset));
  switch (name) {
    case 'placeOrder':
      return runUser(state, words, offset, viewPlaceOrder(placeOrderView, words, offset), Permission.Trade, placeOrder);
    case 'cancelOrder':
      return runUser(state, words, offset, viewCancelOrder(cancelOrderView, words, offset), Permission.Trade, cancelOrder);
    case 'cancelAllOrders':
      return runUser(state, words, offset, decodeRecord(commands.cancelAllOrders, words, offset), Permission.Trade, cancelAllOrders);
    case 'executeBorrowLend':
      return runUser(state, words, offset, decodeRecord(commands.executeBorrowLend, words, offset), Permission.Trade, executeBorrowLend);
    case 'updateAccount':
      return runUser(state, words, offset, decodeRecord(commands.updateAccount, words, offset), Permission.Trade, updateAccount);
    case 'convertDust':
      return runUser(state, words, offset, decodeRecord(commands.convertDust, words, offset), Permission.Trade, convertDust);
    case 'useFaucet':
      return runUser(state, words, offset, decodeRecord(commands.useFaucet, words, offset), Permission.Trade, useFaucet);
    case 'setBackstop':
      return runUser(state, words, offset, decodeRecord(commands.setBackstop, words, offset), Permission.Trade, setBackstop);
    case 'repayDebtNote':
      return runUser(state, words, offset, decodeRecord(commands.repayDebtNote, words, offset), Permission.Trade, repayDebtNote);
    case 'createSubaccount':
      return runUser(state, words, offset, decodeRecord(commands.createSubaccount, words, offset), PERMISSION_ALL, createSubaccount);
    case 'createKey':
      return runUser(state, words, offset, decodeRecord(commands.createKey, words, offset), PERMISSION_ALL, createKey);
    case 'revokeKey':
      return runUser(state, words, offset, decodeRecord(commands.revokeKey, words, offset), PERMISSION_ALL, revokeKey);
    case 'transfer':
      return runUser(state, words, offset, decodeRecord(commands.transfer, words, offset), Permission.Withdraw, transfer);
    case 'requestWithdrawal':
      return runUser(state, words, offset, decodeRecord(commands.requestWithdrawal, words, offset), Permission.Withdraw, requestWithdrawal);
    case 'setWithdrawalDelay':
      return runUser(
        state,
        words,
        offset,
        decodeRecord(commands.setWithdrawalDelay, words, offset),
        Permission.Withdraw,
        setWithdrawalDelay,
      );
    case 'genesis':
      return applyGenesis(state, decodeRecord(commands.genesis, words, offset));
    case 'prices':
      return applyPrices(state, decodeRecord(commands.prices, words, offset));
    case 'tick':
      return applyTick(state, decodeRecord(commands.tick, words, offset));
    case 'settleSlice':
      return applySettleSlice(state, decodeRecord(commands.settleSlice, words, offset));
    case 'fireTriggers':
      return fireTriggers(state, decodeRecord(commands.fireTriggers, words, offset));
    case 'liquidate':
      return liquidate(state, decodeRecord(commands.liquidate, words, offset));
    case 'creditDeposit':
      return creditDeposit(state, decodeRecord(commands.creditDeposit, words, offset));
    case 'completeWithdrawal':
      return completeWithdrawal(state, decodeRecord(commands.completeWithdrawal, words, offset));
    case 'setBookState':
      return applySetBookState(state, decodeRecord(commands.setBookState, words, offset));
    case 'setPoolState':
      return applySetPoolState(state, decodeRecord(commands.setPoolState, words, offset));
    case 'setFeeTier':
      return setFeeTier(state, decodeRecord(commands.setFeeTier, words, offset));
    case 'registerUser':
      return registerUser(state, decodeRecord(commands.registerUser, words, offset));
    case 'updateParameters':
      return applyUpdateParameters(state, decodeRecord(commands.updateParameters, words, offset));
    case 'resume':
      return applyResume(state, decodeRecord(commands.resume, words, offset));
  }
}

/**
 * A signed command: who may do this, was it answered before, and if neither stops it, its handler. The header is read by
 * one view for all commands, so that the checks every command passes see one shape.
 */
function runUser<T extends UserHeader>(
  state: State,
  words: Float64Array,
  offset: number,
  fields: T,
  needed: number,
  handler: (state: State, fields: T) => Reject | null,
): Reject | null {
  const header = viewHeader(headerView, words, offset);
  const refused = authorise(state, header, needed);
  if (refused !== null) return refused;
  const stored = findIdempotent(state, header);
  if (stored >= 0) return answerAgain(state, stored);
  const answer = handler(state, fields);
  rememberAnswer(state, header, answer);
  return answer;
}

/** Gives the first answer to an idempotency key again; nothing is done. */
function answerAgain(state: State, row: number): Reject | null {
  const { scratch } = state;
  const answer = storedAnswer(state, row);
  scratch.outcome.isRepeated = true;
  scratch.result.set(answer.result);
  scratch.resultLength = answer.result.length;
  return answer.reject;
}
