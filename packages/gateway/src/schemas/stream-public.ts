/** Payloads of public streams. Times are Unix microseconds unless a field says otherwise. */
import { z } from 'zod';
import { bool, dec, int, str } from './answer-scalars.ts';
import { FundMoveKind } from './backstop-answers.ts';
import { define } from './define.ts';
import { Side } from './enums.ts';
import { AssetSymbol, MarketSymbol, NaiveDateTime } from './scalars.ts';

const MICROS = 1_750_793_021_519_103;
const E = int('When it was sent, in microseconds.', MICROS);
const T = int('When the engine did it, in microseconds.', MICROS);
const s = MarketSymbol;
const levels = (side: string) =>
  z.array(z.tuple([dec('Price.', '141.25'), dec('Quantity; 0 removes the level.', '2.5')])).meta({
    description: `Changed ${side} as [price, quantity]; quantity 0 removes the level.`,
    examples: [[['141.25', '2.5']]],
  });

/** Best bid and ask. */
export const BookTickerEvent = define(
  'BookTickerEvent',
  'Best bid and ask.',
  z.strictObject({
    e: z.literal('bookTicker'),
    E,
    T,
    s,
    a: dec('Best ask price; null when there is none.', '141.3').nullable(),
    A: dec('Quantity at the best ask.', '2.5').nullable(),
    b: dec('Best bid price; null when there is none.', '141.2').nullable(),
    B: dec('Quantity at the best bid.', '4').nullable(),
    u: int('Id of the update, in the numbering of depth.', 94_978_271),
  }),
);
/** Best bid and ask. */
export type BookTickerEvent = z.infer<typeof BookTickerEvent>;

/** Changes of a book. */
export const DepthEvent = define(
  'DepthEvent',
  'Changes of a book. The first id is the last id of the event before plus one.',
  z.strictObject({
    e: z.literal('depth'),
    E,
    T,
    s,
    a: levels('asks'),
    b: levels('bids'),
    U: int('First update id.', 94_978_271),
    u: int('Last update id.', 94_978_271),
    snapshot: bool('Present and true when the event is the whole book.').optional(),
  }),
);
/** Changes of a book. */
export type DepthEvent = z.infer<typeof DepthEvent>;

/** A trade. */
export const TradeEvent = define(
  'TradeEvent',
  'A trade.',
  z.strictObject({
    e: z.literal('trade'),
    E,
    T,
    s,
    p: dec('Price.', '141.25'),
    q: dec('Quantity.', '2.5'),
    b: str('Order of the buyer.', '114510214144'),
    a: str('Order of the seller.', '114510214145'),
    t: int('Id of the trade, in sequence for its market.', 12_345),
    m: bool('Whether the buyer rested on the book.'),
  }),
);
/** A trade. */
export type TradeEvent = z.infer<typeof TradeEvent>;

/** A candle. */
export const KlineEvent = define(
  'KlineEvent',
  'A candle.',
  z.strictObject({
    e: z.literal('kline'),
    E,
    s,
    t: NaiveDateTime.describe('Start in UTC.'),
    T: NaiveDateTime.describe('End in UTC.'),
    o: dec('First price; null without trades.', '141.2').nullable(),
    c: dec('Last price; null without trades.', '141.9').nullable(),
    h: dec('Highest price; null without trades.', '142').nullable(),
    l: dec('Lowest price; null without trades.', '141').nullable(),
    v: dec('Volume in the base asset.', '1520.5'),
    n: int('Number of trades.', 42),
    X: bool('Whether the candle is closed.'),
  }),
);
/** A candle. */
export type KlineEvent = z.infer<typeof KlineEvent>;

/** Statistics of the last 24 hours. */
export const TickerEvent = define(
  'TickerEvent',
  'Statistics of the last 24 hours.',
  z.strictObject({
    e: z.literal('ticker'),
    E,
    s,
    o: dec('First price.', '139.5'),
    c: dec('Last price.', '141.9'),
    h: dec('Highest price.', '143'),
    l: dec('Lowest price.', '138.2'),
    v: dec('Volume in the base asset.', '152000.5'),
    V: dec('Volume in the quote asset.', '21500000.1'),
    n: int('Number of trades.', 13_420),
  }),
);
/** Statistics of the last 24 hours. */
export type TickerEvent = z.infer<typeof TickerEvent>;

/** Mark price, index price and funding. */
export const MarkPriceEvent = define(
  'MarkPriceEvent',
  'Mark price, index price and funding.',
  z.strictObject({
    e: z.literal('markPrice'),
    E,
    T,
    s,
    p: dec('Mark price.', '141.3'),
    f: dec('Estimated funding rate of the running interval, as a fraction.', '0.0000125').optional(),
    i: dec('Index price.', '141.28').optional(),
    n: int('Next funding, in Unix milliseconds.', 1_750_795_200_000).optional(),
  }),
);
/** Mark price, index price and funding. */
export type MarkPriceEvent = z.infer<typeof MarkPriceEvent>;

/** Open interest. */
export const OpenInterestEvent = define(
  'OpenInterestEvent',
  'Open interest.',
  z.strictObject({ e: z.literal('openInterest'), E, s, o: dec('Open interest in contracts.', '152000.5') }),
);
/** Open interest. */
export type OpenInterestEvent = z.infer<typeof OpenInterestEvent>;

/** A liquidation. */
export const LiquidationEvent = define(
  'LiquidationEvent',
  'A liquidation.',
  z.strictObject({ e: z.literal('liquidation'), E, T, s, S: Side, q: dec('Quantity.', '2.5'), p: dec('Price.', '141.25') }),
);
/** A liquidation. */
export type LiquidationEvent = z.infer<typeof LiquidationEvent>;

/** A position that was closed against winners. */
export const DeleveragingEvent = define(
  'DeleveragingEvent',
  'A position that was closed against winners: what was needed and what was taken.',
  z.strictObject({
    e: z.literal('deleveraging'),
    E,
    T,
    s,
    i: str('Id, as the route of deleveragings has it.', '91422-7'),
    Q: dec('Size that had to be closed.', '0.5'),
    q: dec('Size that was closed.', '0.5'),
    O: dec('Taken beyond what was needed.', '0'),
    M: dec('Mark price.', '57641.6'),
    p: dec('Price of the close.', '57680.1'),
    d: dec('Part of a deficit the close bore, in the quote asset.', '19.25'),
    c: dec('Of it in cash beside the price.', '0'),
    l: dec('Of it what the premium bound left to the fund.', '0'),
    w: int('Positions it was closed against.', 3),
  }),
);
/** A position that was closed against winners. */
export type DeleveragingEvent = z.infer<typeof DeleveragingEvent>;

/** What the fund received or paid. */
export const FundMoveEvent = define(
  'FundMoveEvent',
  'What the fund received or paid.',
  z.strictObject({
    e: z.literal('fundMove'),
    E,
    T,
    i: str('Id, as the route of moves has it.', '91422-7'),
    k: FundMoveKind,
    s: AssetSymbol,
    q: dec('Received, or paid when negative.', '35.94'),
  }),
);
/** What the fund received or paid. */
export type FundMoveEvent = z.infer<typeof FundMoveEvent>;
