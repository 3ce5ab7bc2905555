/** Answers about balances, collateral, deposits and withdrawals. */
import { z } from 'zod';
import { bool, dec, int, num, orNull, str } from './answer-scalars.ts';
import { define } from './define.ts';
import * as moneyEnums from './money-enums.ts';
import { AssetSymbol, NaiveDateTime } from './scalars.ts';

/** Balance of one asset. */
export const Balance = define(
  'Balance',
  'Balance of one asset.',
  z.strictObject({
    available: dec('What can be used at once.'),
    locked: dec('What open orders hold.'),
    staked: dec('What is staked; always 0 here.'),
  }),
);
/** Balance of one asset. */
export type Balance = z.infer<typeof Balance>;

/** One asset as collateral. */
export const Collateral = define(
  'Collateral',
  'One asset as collateral.',
  z.strictObject({
    symbol: AssetSymbol,
    assetMarkPrice: dec('Mark price of the asset.'),
    totalQuantity: dec('Whole quantity, before weights.'),
    balanceNotional: dec('Balance times index price.'),
    collateralWeight: dec('Weight as collateral, a fraction.'),
    collateralValue: dec('Balance times index price times weight.'),
    openOrderQuantity: dec('What open orders hold.'),
    lendQuantity: dec('What is lent and not held.'),
    availableQuantity: dec('What is free and not held.'),
  }),
);
/** One asset as collateral. */
export type Collateral = z.infer<typeof Collateral>;

/** Equity and margin of the account. */
export const MarginAccountSummary = define(
  'MarginAccountSummary',
  'Equity and margin of the account.',
  z.strictObject({
    assetsValue: dec('Value of what the account owns.'),
    borrowLiability: dec('Value of what it has borrowed.'),
    collateral: z.array(Collateral),
    imf: dec('Initial margin fraction.'),
    unsettledEquity: dec('Profit and loss not yet settled.'),
    liabilitiesValue: dec('Value of all it owes.'),
    marginFraction: orNull(dec('Net equity over exposure; null without exposure.')),
    mmf: dec('Maintenance margin fraction.'),
    netEquity: dec('Equity after weights.'),
    netEquityAvailable: dec('Equity free for new risk.'),
    netEquityLocked: dec('Equity bound by margin.'),
    netExposureFutures: dec('Notional of positions and of orders that may become positions.'),
    pnlUnrealized: dec('Profit at the mark price not yet realised.'),
  }),
);
/** Equity and margin of the account. */
export type MarginAccountSummary = z.infer<typeof MarginAccountSummary>;

/** A deposit. */
export const Deposit = define(
  'Deposit',
  'A deposit.',
  z.strictObject({
    id: int('Id.', 1),
    toAddress: orNull(str('Address it goes to.', '7YttLkHDoNj9wyDur5pM1ejNaAvT9X4eqaYcHQqtj2G5')),
    fromAddress: orNull(str('Address it came from.', '7YttLkHDoNj9wyDur5pM1ejNaAvT9X4eqaYcHQqtj2G5')),
    source: moneyEnums.DepositSource,
    status: moneyEnums.DepositStatus,
    transactionHash: orNull(str('Transaction on the chain, once known.', '5VERv8NMvzbJMEkV8xnrLkEaWRtSz9CosKDYjCJjBRnb')),
    symbol: AssetSymbol,
    quantity: dec('Quantity.', '2.5'),
    createdAt: NaiveDateTime.describe('When it was seen.'),
    fiatAmount: orNull(num('Amount in fiat money.', 1)),
    fiatCurrency: orNull(str('Fiat currency.', 'EUR')),
    institutionBic: orNull(str('Bank code of the sender.', 'text')),
    platformMemo: orNull(str('Memo of the platform.', 'text')),
  }),
);
/** A deposit. */
export type Deposit = z.infer<typeof Deposit>;

/** Where to send a deposit. */
export const DepositAddress = define(
  'DepositAddress',
  'Where to send a deposit.',
  z.strictObject({
    address: str('Address.', '7YttLkHDoNj9wyDur5pM1ejNaAvT9X4eqaYcHQqtj2G5'),
  }),
);
/** Where to send a deposit. */
export type DepositAddress = z.infer<typeof DepositAddress>;

/** A withdrawal. */
export const Withdrawal = define(
  'Withdrawal',
  'A withdrawal.',
  z.strictObject({
    id: int('Id.', 1),
    blockchain: moneyEnums.Blockchain,
    clientId: orNull(str('Your own id, if you gave one.', '7')),
    identifier: orNull(str('Identifier.', 'w-17')),
    quantity: dec('Quantity.', '2.5'),
    fee: dec('Fee of the venue.', '0.14'),
    fiatFee: orNull(dec('Fiat fee.')),
    fiatState: orNull(str('Fiat state.', 'complete')),
    fiatSymbol: orNull(str('Fiat symbol.', 'EUR')),
    providerId: orNull(str('Provider id.', 'custody-17')),
    symbol: AssetSymbol,
    status: moneyEnums.WithdrawalStatus,
    subaccountId: orNull(int('Index of the account among those of its user.', 1)),
    toAddress: str('Address it goes to.', '7YttLkHDoNj9wyDur5pM1ejNaAvT9X4eqaYcHQqtj2G5'),
    transactionHash: orNull(str('Transaction on the chain, once known.', '5VERv8NMvzbJMEkV8xnrLkEaWRtSz9CosKDYjCJjBRnb')),
    createdAt: NaiveDateTime.describe('When it was created.'),
    isInternal: bool('Whether it stays inside the venue.'),
    bankName: orNull(str('Bank name.', 'text')),
    bankIdentifier: orNull(str('Bank identifier.', 'text')),
    accountIdentifier: orNull(str('Account identifier.', 'text')),
    triggerAt: orNull(NaiveDateTime.describe('When a delayed withdrawal is sent.')),
  }),
);
/** A withdrawal. */
export type Withdrawal = z.infer<typeof Withdrawal>;

/** Waiting time of withdrawals. */
export const WithdrawalDelay = define(
  'WithdrawalDelay',
  'Waiting time of withdrawals.',
  z.strictObject({
    currentWithdrawalDelayHours: orNull(int('Delay now, in hours.', 1)),
    pendingWithdrawalDelayHours: orNull(int('Delay that is to come, in hours.', 1)),
    pendingWithdrawalDelayHoursEnabledAt: orNull(NaiveDateTime.describe('When the coming delay begins.')),
  }),
);
/** Waiting time of withdrawals. */
export type WithdrawalDelay = z.infer<typeof WithdrawalDelay>;

/** A small balance turned into USDC. */
export const DustConversion = define(
  'DustConversion',
  'A small balance turned into USDC.',
  z.strictObject({
    id: int('Id.', 1),
    quantity: dec('Quantity.', '2.5'),
    symbol: AssetSymbol,
    usdcReceived: dec('USDC received.'),
    timestamp: NaiveDateTime.describe('When it happened.'),
  }),
);
/** A small balance turned into USDC. */
export type DustConversion = z.infer<typeof DustConversion>;

/** A change of cash by settlement. */
export const Settlement = define(
  'Settlement',
  'A change of cash by settlement.',
  z.strictObject({
    quantity: dec('Quantity.', '2.5'),
    source: moneyEnums.SettlementSource,
    subaccountId: orNull(int('Index of the account among those of its user.', 1)),
    timestamp: NaiveDateTime.describe('When it happened.'),
    userId: int('Id of the user.', 1),
    positionId: orNull(str('Id of the position.', '4400000000039')),
    engineSequence: orNull(int('Sequence of the engine.', 1)),
  }),
);
/** A change of cash by settlement. */
export type Settlement = z.infer<typeof Settlement>;
