/** What would happen to an account when prices move. */
import { z } from 'zod';
import { bool, dec, int, orNull } from './answer-scalars.ts';
import { define } from './define.ts';
import { ReceiptKindWord } from './receipt-answers.ts';
import { AssetSymbol, MarketSymbol } from './scalars.ts';

const figures = z.strictObject({
  netEquity: dec('Equity, collateral at its weights, in USD.', '81250'),
  realEquity: dec('Equity with every asset at its whole price, in USD.', '84100'),
  maintenanceMargin: dec('Below this much net equity an account is liquidated, in USD.', '12000'),
  exposure: dec('Sum of positions and debts, in USD.', '310000'),
  marginFraction: orNull(dec('Net equity over exposure; null without exposure.', '0.262')),
  liquidating: bool('Whether the account is being liquidated then.'),
});

const step = z.strictObject({
  second: int('Seconds since the beginning of the move.', 31),
  kind: ReceiptKindWord,
  stage: orNull(int('Stage of the waterfall, 0 to 4.', 1)),
  symbol: orNull(MarketSymbol),
  asset: orNull(AssetSymbol),
  quantity: orNull(dec('What is bought, or sold when negative.', '-2.5')),
  price: orNull(dec('Average price.', '98.4')),
  cost: dec('Fees and charges, in USDC.', '1.92'),
  netEquity: dec('Net equity after it, in USD.', '8100'),
  maintenanceMargin: dec('Maintenance margin after it, in USD.', '7400'),
});

/** What would happen to an account when prices move. */
export const AccountStress = define(
  'AccountStress',
  'What would happen to the account when indexes move so: by the engine itself, on a copy. Books keep their shape around the index; other accounts stand still.',
  z.strictObject({
    before: figures,
    lowest: figures.describe('The moment with least equity over the maintenance margin.'),
    after: figures,
    seconds: int('Seconds until marks have followed and nothing more is liquidated.', 72),
    firstLiquidationSecond: orNull(int('When the liquidation begins; null when it does not.', 31)),
    cancelledOrders: int('Open orders that a liquidation would cancel first; none of them fills in the trial.', 3),
    cost: dec('Sum of fees and charges, in USDC.', '48.1'),
    steps: z.array(step),
    positions: z.array(z.strictObject({ symbol: MarketSymbol, quantity: dec('What is left, negative when short.', '12.5') })),
    balances: z.array(z.strictObject({ symbol: AssetSymbol, quantity: dec('What is left, negative when owed.', '840.2') })),
  }),
);
/** What would happen to an account when prices move. */
export type AccountStress = z.infer<typeof AccountStress>;
