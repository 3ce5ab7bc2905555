/** Requests about an account: settings, limits, subaccounts, transfers, keys, faucet. */
import { z } from 'zod';
import { mustBe } from '../errors/error-of-issues.ts';
import { define } from './define.ts';
import { Side } from './enums.ts';
import { queryFlag, queryInteger, queryU16, queryWord } from './query-scalars.ts';
import { Amount, AssetSymbol, Decimal, flag, MarketSymbol, Price, positiveDecimal, u16, u64 } from './scalars.ts';

/** New settings of an account; absent ones stay. */
export const UpdateAccountSettingsRequest = define(
  'UpdateAccountSettingsRequest',
  'New settings of an account; absent ones stay.',
  z.strictObject({
    autoBorrowSettlements: flag('Settlements may borrow instead of selling collateral.').optional(),
    autoLend: flag('Lends free balances.').optional(),
    autoRepayBorrows: flag('Credits repay debts first.').optional(),
    leverageLimit: positiveDecimal('MAX_LEVERAGE_REACHED', 'Highest leverage.', '20').optional(),
  }),
);
/** New settings of an account; absent ones stay. */
export type UpdateAccountSettingsRequest = z.infer<typeof UpdateAccountSettingsRequest>;

/** Which small balance to turn into USDC. */
export const AccountConvertDustPayload = define(
  'AccountConvertDustPayload',
  'Which small balance to turn into USDC; all of them when absent.',
  z.strictObject({ symbol: AssetSymbol.optional() }),
);
/** Which small balance to turn into USDC. */
export type AccountConvertDustPayload = z.infer<typeof AccountConvertDustPayload>;

/** Asks how much can be borrowed. */
export const MaxBorrowQuery = z.object({ symbol: AssetSymbol });
/** Asks how much can be borrowed. */
export type MaxBorrowQuery = z.infer<typeof MaxBorrowQuery>;

/** Asks how large an order can be. */
export const MaxOrderQuery = z.object({
  symbol: MarketSymbol,
  side: Side,
  price: Price.optional(),
  reduceOnly: queryFlag('For a reduce-only order.').optional(),
  autoBorrow: queryFlag('With borrowing.').optional(),
  autoBorrowRepay: queryFlag('With repaying.').optional(),
  autoLendRedeem: queryFlag('With redeeming.').optional(),
});
/** Asks how large an order can be. */
export type MaxOrderQuery = z.infer<typeof MaxOrderQuery>;

/** Asks how much can be withdrawn. */
export const MaxWithdrawalQuery = z.object({
  symbol: AssetSymbol,
  autoBorrow: queryFlag('With borrowing.').optional(),
  autoLendRedeem: queryFlag('With redeeming.').optional(),
});
/** Asks how much can be withdrawn. */
export type MaxWithdrawalQuery = z.infer<typeof MaxWithdrawalQuery>;

/** Asks for a further account of the same user. */
export const SubaccountCreatePayload = define(
  'SubaccountCreatePayload',
  'Asks for a further account of the same user.',
  z.strictObject({}),
);
/** Asks for a further account of the same user. */
export type SubaccountCreatePayload = z.infer<typeof SubaccountCreatePayload>;

/** Moves an asset between two accounts of one user. */
export const TransferExecutePayload = define(
  'TransferExecutePayload',
  'Moves an asset from the account of the key to another account of the same user.',
  z.strictObject({ symbol: AssetSymbol, quantity: Amount, toSubaccountId: u16('Index of the receiving account among those of the user.') }),
);
/** Moves an asset between two accounts of one user. */
export type TransferExecutePayload = z.infer<typeof TransferExecutePayload>;

const PERMISSIONS = ['read', 'trade', 'withdraw'] as const;
const PublicKeyText = z
  .string({ error: mustBe('base64 of a 32-byte ED25519 public key') })
  .regex(/^[A-Za-z0-9+/]{43}=$/, { error: mustBe('base64 of a 32-byte ED25519 public key') })
  .meta({ description: 'Public ED25519 key in base64.', examples: ['11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo='] });

/** What a key may do. */
export const KeyPermission = z
  .enum(PERMISSIONS, { error: mustBe(`one of ${PERMISSIONS.join(', ')}`) })
  .meta({ id: 'KeyPermission', description: 'What a key may do.', examples: ['read'] });
/** What a key may do. */
export type KeyPermission = z.infer<typeof KeyPermission>;

/** Adds a key. */
export const KeyCreatePayload = define(
  'KeyCreatePayload',
  'Adds a key for one account of the user.',
  z.strictObject({
    publicKey: PublicKeyText,
    permissions: z
      .array(KeyPermission, { error: mustBe('a list like ["read", "trade"]') })
      .min(1, { error: mustBe('a list of at least one permission') }),
    subaccountId: u16('Index of the account; the account of the signing key when absent.').optional(),
  }),
);
/** Adds a key. */
export type KeyCreatePayload = z.infer<typeof KeyCreatePayload>;

/** Names a key to revoke. */
export const KeyDeletePayload = define('KeyDeletePayload', 'Names a key to revoke.', z.strictObject({ publicKey: PublicKeyText }));
/** Names a key to revoke. */
export type KeyDeletePayload = z.infer<typeof KeyDeletePayload>;

/** Asks for test money. */
export const FaucetPayload = define('FaucetPayload', 'Asks for test money.', z.strictObject({ symbol: AssetSymbol, quantity: Amount }));
/** Asks for test money. */
export type FaucetPayload = z.infer<typeof FaucetPayload>;

const backstopAmount = (description: string, example: string) =>
  Decimal.refine((text) => !text.startsWith('-'), { error: mustBe('at least 0'), params: { apiCode: 'INVALID_QUANTITY' } }).meta({
    description,
    examples: [example],
  });

/** Offers to take over positions or debts in liquidation. */
export const BackstopUpdatePayload = define(
  'BackstopUpdatePayload',
  'Offers to take over positions (of a perpetual market) or debts (of a spot market) in liquidation. What shrinks does so after a notice.',
  z.strictObject({
    symbol: MarketSymbol,
    capital: backstopAmount(
      'USDC to ring-fence for this market, at least what the venue asks of a posting (1,000 by default); 0 ends the offer.',
      '10000',
    ),
    maxNotional: backstopAmount('Notional to carry at once, at most, in USDC.', '25000'),
    maxPerMinute: backstopAmount('Notional to take in a minute, at most, in USDC.', '5000'),
    maxPerHour: backstopAmount('Notional to take in an hour, at most, in USDC.', '20000'),
  }),
);
/** Offers to take over positions or debts in liquidation. */
export type BackstopUpdatePayload = z.infer<typeof BackstopUpdatePayload>;

/** Repays a debt note. */
export const DebtNoteRepayPayload = define(
  'DebtNoteRepayPayload',
  'Repays a debt note, whole or in part, to the fund.',
  z.strictObject({ id: u64('Number of the note.'), quantity: Amount }),
);
/** Repays a debt note. */
export type DebtNoteRepayPayload = z.infer<typeof DebtNoteRepayPayload>;

const SHOCKS = 'moves such as "BTC:-0.30,SOL:-0.50"';

/** Which moves of the market to try on the account. */
export const AccountStressQuery = z.object({
  shocks: z
    .string({ error: mustBe(SHOCKS) })
    .max(512, { error: mustBe(SHOCKS) })
    .regex(/^[A-Za-z0-9]{1,16}:[+-]?\d{1,3}(\.\d{1,6})?(,[A-Za-z0-9]{1,16}:[+-]?\d{1,3}(\.\d{1,6})?)*$/, { error: mustBe(SHOCKS) })
    .meta({ description: 'Moves of indexes as fractions, joined by commas.', examples: ['BTC:-0.30,SOL:-0.50'] }),
  seconds: queryInteger('Length of the move in seconds; at once when absent.', 1, 600, 60).default(1),
});
/** Which moves of the market to try on the account. */
export type AccountStressQuery = z.infer<typeof AccountStressQuery>;

/** Which account of the user is meant. */
export const SubaccountQuery = z.object({ subaccountId: queryU16('Index of the account; the account of the key when absent.').optional() });
/** Which account of the user is meant. */
export type SubaccountQuery = z.infer<typeof SubaccountQuery>;

/** Which keys to list. */
export const KeysQuery = z.object({ permission: queryWord(PERMISSIONS, 'Only keys with this permission.').optional() });
/** Which keys to list. */
export type KeysQuery = z.infer<typeof KeysQuery>;
