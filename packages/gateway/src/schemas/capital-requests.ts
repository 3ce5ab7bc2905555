/** Requests about borrows, lends, deposits and withdrawals. */
import { z } from 'zod';
import { define } from './define.ts';
import { Blockchain, BorrowLendMarketHistoryInterval, BorrowLendSide } from './money-enums.ts';
import { QueryOffset, queryFlag, queryInteger, queryLimit, queryMillis, queryU16 } from './query-scalars.ts';
import { Amount, AssetSymbol, flag, i32, text, u32 } from './scalars.ts';

const WITHDRAWAL_DELAY_HOURS_MAX = 720;
const ROWS_MAX = 1_000;

/** Lends, redeems, borrows or repays. */
export const BorrowLendExecutePayload = define(
  'BorrowLendExecutePayload',
  'Lend repays a debt first and lends the rest; Borrow redeems a lend first and borrows the rest.',
  z.strictObject({ symbol: AssetSymbol, side: BorrowLendSide, quantity: Amount }),
);
/** Lends, redeems, borrows or repays. */
export type BorrowLendExecutePayload = z.infer<typeof BorrowLendExecutePayload>;

/** Which borrowed asset to ask about. */
export const BorrowLiquidationPriceQuery = z.object({
  borrow: AssetSymbol,
  subaccountId: queryU16('Index of the account; the account of the key when absent.').optional(),
});
/** Which borrowed asset to ask about. */
export type BorrowLiquidationPriceQuery = z.infer<typeof BorrowLiquidationPriceQuery>;

/** Which pools and span to list. */
export const BorrowLendMarketsHistoryQuery = z.object({ interval: BorrowLendMarketHistoryInterval, symbol: AssetSymbol.optional() });
/** Which pools and span to list. */
export type BorrowLendMarketsHistoryQuery = z.infer<typeof BorrowLendMarketsHistoryQuery>;

/** For which tier to show rates. */
export const BorrowLendApyQuery = z.object({ tierId: queryInteger('Fee tier.', 0, 2_147_483_647, 1).optional() });
/** For which tier to show rates. */
export type BorrowLendApyQuery = z.infer<typeof BorrowLendApyQuery>;

/** Which deposits to list. */
export const DepositsQuery = z.object({
  from: queryMillis('Not before').optional(),
  to: queryMillis('Before').optional(),
  limit: queryLimit(ROWS_MAX),
  offset: QueryOffset,
  excludePlatform: queryFlag('Leaves out deposits that the venue made itself.').optional(),
});
/** Which deposits to list. */
export type DepositsQuery = z.infer<typeof DepositsQuery>;

/** On which chain to deposit. */
export const DepositAddressQuery = z.object({ blockchain: Blockchain });
/** On which chain to deposit. */
export type DepositAddressQuery = z.infer<typeof DepositAddressQuery>;

/** Which withdrawals to list. */
export const WithdrawalsQuery = z.object({
  id: queryInteger('Id of a withdrawal.', 0, 2_147_483_647, 17).optional(),
  clientId: text('Your own id of a withdrawal.', 'payout-17').optional(),
  from: queryMillis('Not before').optional(),
  to: queryMillis('Before').optional(),
  limit: queryLimit(ROWS_MAX),
  offset: QueryOffset,
});
/** Which withdrawals to list. */
export type WithdrawalsQuery = z.infer<typeof WithdrawalsQuery>;

/** A new withdrawal. */
export const AccountWithdrawalPayload = define(
  'AccountWithdrawalPayload',
  'A new withdrawal.',
  z.strictObject({
    address: text('Where to send it.', '7YttLkHDoNj9wyDur5pM1ejNaAvT9X4eqaYcHQqtj2G5'),
    blockchain: Blockchain,
    quantity: Amount,
    symbol: AssetSymbol,
    clientId: text('Your own id of the withdrawal; unique per account.', 'payout-17', 255).optional(),
    twoFactorToken: text('Second factor; nothing asks for it here.', '123456', 64).optional(),
    autoBorrow: flag('Borrows what is missing. Absent: false.').optional(),
    autoLendRedeem: flag('Redeems lends to pay for it. Absent: true.').optional(),
    recipientInformation: z
      .strictObject({
        withdrawal_address_id: i32('Id of a stored address.'),
        withdrawal_purpose: text('Purpose.', 'own wallet').optional(),
        sanctions_representation: flag('Statement about sanctions.').optional(),
      })
      .meta({ id: 'WithdrawalRecipientInformation', description: 'Who receives it.' })
      .optional(),
  }),
  {
    address: '7YttLkHDoNj9wyDur5pM1ejNaAvT9X4eqaYcHQqtj2G5',
    blockchain: 'Solana',
    quantity: '250',
    symbol: 'USDC',
  },
);
/** A new withdrawal. */
export type AccountWithdrawalPayload = z.infer<typeof AccountWithdrawalPayload>;

const withdrawalDelay = () =>
  z.strictObject({
    withdrawalDelayHours: u32(`Delay in hours, at most ${WITHDRAWAL_DELAY_HOURS_MAX}.`, 24),
    twoFactorToken: text('Second factor; nothing asks for it here.', '123456', 64).optional(),
  });

/** Sets a first withdrawal delay. */
export const CreateWithdrawalDelayRequest = define('CreateWithdrawalDelayRequest', 'Sets a first withdrawal delay.', withdrawalDelay());
/** Sets a first withdrawal delay. */
export type CreateWithdrawalDelayRequest = z.infer<typeof CreateWithdrawalDelayRequest>;

/** Changes the withdrawal delay. */
export const UpdateWithdrawalDelayRequest = define(
  'UpdateWithdrawalDelayRequest',
  'Changes the withdrawal delay; a shorter one takes effect after the old one has passed.',
  withdrawalDelay(),
);
/** Changes the withdrawal delay. */
export type UpdateWithdrawalDelayRequest = z.infer<typeof UpdateWithdrawalDelayRequest>;
