/**
 * Views of the headers and of the two commands a venue gets most: they read a record where it lies. Decoding into objects
 * stores forty fields by computed names, half a microsecond an order (AMD EPYC, Node 24.21, 2026-11-22), and lets every
 * command bring another shape of object to the checks all of them pass. A test holds the views to the schemas.
 */
import { type CommandFields, commands, type PlaceOrder, type UserHeader } from '../commands.ts';
import { recordCode, recordWords } from './record.ts';

const NO_WORDS = new Float64Array(0);

/** The header of a user command, in place. */
export class HeaderView implements Readonly<UserHeader> {
  words: Float64Array = NO_WORDS;
  offset = 0;

  get account(): number {
    return this.words[this.offset + 1]!;
  }

  get key(): number {
    return this.words[this.offset + 2]!;
  }

  get keyGeneration(): number {
    return this.words[this.offset + 3]!;
  }

  get signedAtMs(): number {
    return this.words[this.offset + 4]!;
  }

  get windowMs(): number {
    return this.words[this.offset + 5]!;
  }

  get signHi(): number {
    return this.words[this.offset + 6]!;
  }

  get signLo(): number {
    return this.words[this.offset + 7]!;
  }

  get idempotencyHi(): number {
    return this.words[this.offset + 8]!;
  }

  get idempotencyLo(): number {
    return this.words[this.offset + 9]!;
  }

  get bodyHi(): number {
    return this.words[this.offset + 10]!;
  }

  get bodyLo(): number {
    return this.words[this.offset + 11]!;
  }
}

/** A placeOrder command, in place. */
export class PlaceOrderView extends HeaderView implements Readonly<PlaceOrder> {
  get market(): number {
    return this.words[this.offset + 12]!;
  }

  get side(): number {
    return this.words[this.offset + 13]!;
  }

  get orderKind(): number {
    return this.words[this.offset + 14]!;
  }

  get timeInForce(): number {
    return this.words[this.offset + 15]!;
  }

  get isPostOnly(): number {
    return this.words[this.offset + 16]!;
  }

  get isReduceOnly(): number {
    return this.words[this.offset + 17]!;
  }

  get selfTradePrevention(): number {
    return this.words[this.offset + 18]!;
  }

  get priceTicks(): number {
    return this.words[this.offset + 19]!;
  }

  get quantityLots(): number {
    return this.words[this.offset + 20]!;
  }

  get quoteAtoms(): number {
    return this.words[this.offset + 21]!;
  }

  get clientId(): number {
    return this.words[this.offset + 22]!;
  }

  get autoLend(): number {
    return this.words[this.offset + 23]!;
  }

  get autoLendRedeem(): number {
    return this.words[this.offset + 24]!;
  }

  get autoBorrow(): number {
    return this.words[this.offset + 25]!;
  }

  get autoBorrowRepay(): number {
    return this.words[this.offset + 26]!;
  }

  get slippageKind(): number {
    return this.words[this.offset + 27]!;
  }

  get slippageTolerance(): number {
    return this.words[this.offset + 28]!;
  }

  get triggerBy(): number {
    return this.words[this.offset + 29]!;
  }

  get triggerPriceTicks(): number {
    return this.words[this.offset + 30]!;
  }

  get triggerQuantity(): number {
    return this.words[this.offset + 31]!;
  }

  get triggerIsPercent(): number {
    return this.words[this.offset + 32]!;
  }

  get takeProfitTriggerTicks(): number {
    return this.words[this.offset + 33]!;
  }

  get takeProfitTriggerBy(): number {
    return this.words[this.offset + 34]!;
  }

  get takeProfitLimitTicks(): number {
    return this.words[this.offset + 35]!;
  }

  get stopLossTriggerTicks(): number {
    return this.words[this.offset + 36]!;
  }

  get stopLossTriggerBy(): number {
    return this.words[this.offset + 37]!;
  }

  get stopLossLimitTicks(): number {
    return this.words[this.offset + 38]!;
  }

  get brokerId(): number {
    return this.words[this.offset + 39]!;
  }
}

/** A cancelOrder command, in place. */
export class CancelOrderView extends HeaderView implements Readonly<CommandFields<'cancelOrder'>> {
  get market(): number {
    return this.words[this.offset + 12]!;
  }

  get orderId(): number {
    return this.words[this.offset + 13]!;
  }

  get clientId(): number {
    return this.words[this.offset + 14]!;
  }
}

const PLACE_WORDS = 1 + commands.placeOrder.numberFields.length;
const CANCEL_WORDS = 1 + commands.cancelOrder.numberFields.length;

/** Points a view at the header of the user command at `offset`. @returns the view. */
export function viewHeader(view: HeaderView, words: Float64Array, offset: number): HeaderView {
  view.words = words;
  view.offset = offset;
  return view;
}

/** Points a view at a placeOrder record. @returns the view. @throws RangeError when it is another record or has another length. */
export function viewPlaceOrder(view: PlaceOrderView, words: Float64Array, offset: number): PlaceOrderView {
  checkRecord(words, offset, commands.placeOrder.code, PLACE_WORDS);
  view.words = words;
  view.offset = offset;
  return view;
}

/** Points a view at a cancelOrder record. @returns the view. @throws RangeError when it is another record or has another length. */
export function viewCancelOrder(view: CancelOrderView, words: Float64Array, offset: number): CancelOrderView {
  checkRecord(words, offset, commands.cancelOrder.code, CANCEL_WORDS);
  view.words = words;
  view.offset = offset;
  return view;
}

function checkRecord(words: Float64Array, offset: number, code: number, length: number): void {
  if (recordCode(words, offset) !== code || recordWords(words, offset) !== length || offset + length > words.length) {
    throw new RangeError(`the record at word ${offset} is not a command ${code} of ${length} words`);
  }
}
