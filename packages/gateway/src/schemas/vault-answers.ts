/** Answers about vaults. */
import { z } from 'zod';
import { bool, dec, int, orNull, str } from './answer-scalars.ts';
import { define } from './define.ts';
import * as laterEnums from './later-enums.ts';
import { AssetSymbol, ZonedDateTime } from './scalars.ts';

/** A vault. */
export const Vault = define(
  'Vault',
  'A vault.',
  z.strictObject({
    id: int('Id.', 1),
    vaultToken: str('Vault token.', 'VLT'),
    symbol: AssetSymbol,
    mintsEnabled: bool('Mints enabled.'),
    redeemsEnabled: bool('Redeems enabled.'),
    minMintQuantity: dec('Min mint quantity.'),
    minRedeemTokens: dec('Min redeem tokens.'),
    redeemDelayMs: int('Least wait between request and redemption, in milliseconds.', 1),
    tokenStepSize: dec('Token step size.'),
    remainingMintQuantity: orNull(dec('Remaining mint quantity.')),
  }),
);
/** A vault. */
export type Vault = z.infer<typeof Vault>;

/** A vault at one moment of the past. */
export const VaultHistory = define(
  'VaultHistory',
  'A vault at one moment of the past.',
  z.strictObject({
    vaultId: int('Vault id.', 1),
    timestamp: ZonedDateTime.describe('When it happened.'),
    nav: orNull(dec('Nav.')),
    vaultEquity: orNull(dec('Vault equity.')),
    tokenCirculatingSupply: orNull(dec('Token circulating supply.')),
  }),
);
/** A vault at one moment of the past. */
export type VaultHistory = z.infer<typeof VaultHistory>;

/** Net asset value of a vault. */
export const VaultNav = define(
  'VaultNav',
  'Net asset value of a vault.',
  z.strictObject({
    nav: dec('Nav.'),
    twapNav: dec('Twap nav.'),
    mintNav: dec('Max(nav, twapNav).'),
    redeemNav: dec('Min(nav, twapNav).'),
    vaultEquity: dec('Vault equity.'),
    netEquity: dec('Equity after weights.'),
    tokenCirculatingSupply: dec('Token circulating supply.'),
    lastCrankTimestamp: orNull(int('Last calculation, in Unix milliseconds.', 1750793021519)),
  }),
);
/** Net asset value of a vault. */
export type VaultNav = z.infer<typeof VaultNav>;

/** A redemption from a vault. */
export const VaultRedeem = define(
  'VaultRedeem',
  'A redemption from a vault.',
  z.strictObject({
    status: laterEnums.VaultRedeemStatus,
    id: str('Id.', '114510214144'),
    vaultId: int('Vault id.', 1),
    vaultTokenQuantity: dec('Vault token quantity.'),
    vaultToken: orNull(str('Vault token.', 'VLT')),
    symbol: orNull(AssetSymbol),
    quantity: orNull(dec('Quantity.', '2.5')),
    nav: orNull(dec('Nav.')),
    reason: orNull(str('Reason.', 'text')),
    timestamp: int('When it happened.', 1750793021519),
  }),
);
/** A redemption from a vault. */
export type VaultRedeem = z.infer<typeof VaultRedeem>;
