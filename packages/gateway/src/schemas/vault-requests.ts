/** Requests about vaults. */
import { z } from 'zod';
import { define } from './define.ts';
import { VaultHistoryInterval } from './later-enums.ts';
import { queryU32 } from './query-scalars.ts';
import { Amount, AssetSymbol, flag, u32 } from './scalars.ts';

/** Buys shares of a vault. */
export const VaultMintRequest = define(
  'VaultMintRequest',
  'Buys shares of a vault.',
  z.strictObject({
    vaultId: u32('Id of the vault.'),
    symbol: AssetSymbol,
    quantity: Amount,
    autoBorrow: flag('Borrows what is missing. Absent: false.').optional(),
    autoLendRedeem: flag('Redeems lends to pay for it. Absent: true.').optional(),
  }),
);
/** Buys shares of a vault. */
export type VaultMintRequest = z.infer<typeof VaultMintRequest>;

/** Asks to give shares of a vault back. */
export const VaultRedeemRequest = define(
  'VaultRedeemRequest',
  'Asks to give shares of a vault back; all of them when no quantity is given.',
  z.strictObject({ vaultId: u32('Id of the vault.'), vaultTokenQuantity: Amount.optional() }),
);
/** Asks to give shares of a vault back. */
export type VaultRedeemRequest = z.infer<typeof VaultRedeemRequest>;

/** Withdraws a redemption. */
export const VaultRedeemCancelRequest = define(
  'VaultRedeemCancelRequest',
  'Withdraws a redemption.',
  z.strictObject({ vaultId: u32('Id of the vault.') }),
);
/** Withdraws a redemption. */
export type VaultRedeemCancelRequest = z.infer<typeof VaultRedeemCancelRequest>;

/** Of which vault. */
export const VaultQuery = z.object({ vaultId: queryU32('Id of the vault.') });
/** Of which vault. */
export type VaultQuery = z.infer<typeof VaultQuery>;

/** Of which vaults, and over which span. */
export const VaultsHistoryQuery = z.object({ interval: VaultHistoryInterval, vaultId: queryU32('Id of the vault.').optional() });
/** Of which vaults, and over which span. */
export type VaultsHistoryQuery = z.infer<typeof VaultsHistoryQuery>;
