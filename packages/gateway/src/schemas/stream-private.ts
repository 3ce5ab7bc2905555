/** Payloads of private streams. Fields without a value are left out. `seq` grows with every update of an account. */
import { z } from 'zod';
import { bool, dec, int, str } from './answer-scalars.ts';
import { define } from './define.ts';
import { OrderExpiryReason, OrderStatus, SelfTradePrevention, Side, TimeInForce, TriggerBy } from './enums.ts';
import { ReceiptKindWord, ReceiptRoleWord } from './receipt-answers.ts';
import { AssetSymbol, MarketSymbol } from './scalars.ts';

const MICROS = 1_750_793_021_519_103;
const E = int('When it was sent, in microseconds.', MICROS);
const T = int('When the engine did it, in microseconds.', MICROS);
const seq = int('Number of the update, growing with every update of the account; `resumeAfter` takes it.', 374_464_513);

/** Who made an order. */
export const OrderOriginWord = z
  .enum(['USER', 'LIQUIDATION_AUTOCLOSE', 'ADL_AUTOCLOSE', 'COLLATERAL_CONVERSION', 'SETTLEMENT_AUTOCLOSE', 'BACKSTOP_LIQUIDITY_PROVIDER'])
  .meta({ id: 'OrderOrigin', description: 'Who made an order: its owner or a part of the venue.' });
/** Who made an order. */
export type OrderOriginWord = z.infer<typeof OrderOriginWord>;

/** A change of an order. */
export const OrderUpdateEvent = define(
  'OrderUpdateEvent',
  'A change of an order.',
  z.strictObject({
    e: z
      .enum(['orderAccepted', 'orderCancelled', 'orderExpired', 'orderFill', 'orderModified', 'triggerPlaced', 'triggerFailed'])
      .meta({ description: 'What happened.' }),
    E,
    T,
    s: MarketSymbol,
    i: str('Order id.', '114510214144'),
    c: int('Your own id of the order.', 7).optional(),
    S: Side,
    o: z.enum(['LIMIT', 'MARKET']).meta({ description: 'Kind of the order.' }),
    f: TimeInForce,
    q: dec('Quantity.', '2.5').optional(),
    Q: dec('Amount of the quote asset.', '353.12').optional(),
    p: dec('Price.', '141.25').optional(),
    P: dec('Trigger price.', '150').optional(),
    B: TriggerBy.optional(),
    Y: str('Trigger quantity.', '100%').optional(),
    a: dec('Trigger price of the take profit.', '160').optional(),
    b: dec('Trigger price of the stop loss.', '130').optional(),
    j: dec('Limit price of the take profit.', '159').optional(),
    k: dec('Limit price of the stop loss.', '129').optional(),
    d: TriggerBy.optional(),
    g: TriggerBy.optional(),
    X: OrderStatus,
    R: OrderExpiryReason.optional(),
    t: int('Id of the trade.', 12_345).optional(),
    l: dec('Quantity of the fill.', '1').optional(),
    L: dec('Price of the fill.', '141.25').optional(),
    m: bool('Whether the order rested on the book.').optional(),
    n: dec('Fee of the fill; negative for a rebate.', '0.14').optional(),
    N: AssetSymbol.describe('Asset of the fee.').optional(),
    z: dec('Quantity filled so far.', '1'),
    Z: dec('Quote amount of the fills so far.', '141.25'),
    V: SelfTradePrevention,
    r: bool('Whether it is reduce-only.'),
    y: bool('Whether it is post-only.').optional(),
    O: OrderOriginWord,
    I: str('Order that this one belongs to.', '114510214145').optional(),
    H: int('Strategy that made the order.', 12).optional(),
    seq,
  }),
);
/** A change of an order. */
export type OrderUpdateEvent = z.infer<typeof OrderUpdateEvent>;

/** A change of a position, or a position at the start of a subscription. */
export const PositionUpdateEvent = define(
  'PositionUpdateEvent',
  'A change of a position; without `e` it is a position at the start of a subscription.',
  z.strictObject({
    e: z.enum(['positionOpened', 'positionAdjusted', 'positionClosed']).meta({ description: 'What happened.' }).optional(),
    E,
    T,
    s: MarketSymbol,
    i: str('Position id.', '4400000000039'),
    q: dec('Size; negative when short.', '-2.5'),
    Q: dec('Size of the worst case, open orders included.', '-3'),
    n: dec('Notional of the worst case.', '423.75'),
    B: dec('Average price of the position.', '141.25'),
    b: dec('Price at which closing brings back all costs.', '141.1'),
    M: dec('Mark price.', '141.3'),
    f: dec('Initial margin fraction.', '0.02'),
    m: dec('Maintenance margin fraction.', '0.0125'),
    l: dec('Always 0; ask the position route for the liquidation price.', '0'),
    p: dec('Profit realised since opening.', '1.2'),
    P: dec('Profit not yet realised.', '-0.12'),
    seq,
  }),
);
/** A change of a position. */
export type PositionUpdateEvent = z.infer<typeof PositionUpdateEvent>;

/** A balance after a change. */
export const BalanceUpdateEvent = define(
  'BalanceUpdateEvent',
  'A balance after a change.',
  z.strictObject({
    e: z.literal('balanceUpdate'),
    E,
    T,
    s: AssetSymbol,
    available: dec('What can be used at once.', '99750'),
    locked: dec('What open orders hold.', '250'),
    staked: dec('Always 0.', '0'),
    seq,
  }),
);
/** A balance after a change. */
export type BalanceUpdateEvent = z.infer<typeof BalanceUpdateEvent>;

/** A change of a request for quotes or of a quote. */
export const RfqUpdateEvent = define(
  'RfqUpdateEvent',
  'A change of a request for quotes or of a quote.',
  z.strictObject({
    e: z
      .enum([
        'rfqActive',
        'rfqAccepted',
        'rfqAcceptedBinding',
        'rfqRefreshed',
        'rfqCancelled',
        'rfqCandidate',
        'rfqFilled',
        'quoteAccepted',
        'quoteCancelled',
      ])
      .meta({ description: 'What happened.' }),
    E,
    T,
    R: int('Id of the request.', 112),
    u: int('Id of the quote.', 113).optional(),
    C: str('Your own id of the request or quote.', '7').optional(),
    s: MarketSymbol,
    S: Side.optional(),
    q: dec('Quantity.', '10').optional(),
    Q: dec('Amount of the quote asset.', '1412.5').optional(),
    p: dec('Price.', '141.3').optional(),
    w: int('Until when quotes are taken, in milliseconds.', 1_750_793_081_519).optional(),
    W: int('When it ends, in milliseconds.', 1_750_793_141_519).optional(),
    X: z.enum(['New', 'Cancelled', 'Filled']).meta({ description: 'State.' }),
    o: str('Part of the venue that asked.', 'CollateralConversion').optional(),
    seq,
  }),
);
/** A change of a request for quotes or of a quote. */
export type RfqUpdateEvent = z.infer<typeof RfqUpdateEvent>;

/** A receipt that was written for the account. */
export const ReceiptUpdateEvent = define(
  'ReceiptUpdateEvent',
  'The venue did something to the account by itself; the route of the receipt shows every line.',
  z.strictObject({
    e: z.literal('receiptWritten'),
    E,
    T,
    i: str('Id of the receipt, as its route takes it.', '91422-65536'),
    n: int('Number in the venue; 0 for one made of a settlement.', 771),
    k: ReceiptKindWord,
    r: ReceiptRoleWord,
    g: int('Stage of the waterfall, 0 to 4.', 1).optional(),
    s: MarketSymbol.optional(),
    a: AssetSymbol.optional(),
    seq,
  }),
);
/** A receipt that was written for the account. */
export type ReceiptUpdateEvent = z.infer<typeof ReceiptUpdateEvent>;
