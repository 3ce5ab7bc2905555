/** Vaults: not offered yet. */
import { z } from 'zod';
import { Vault, VaultHistory, VaultNav, VaultRedeem } from '../../schemas/vault-answers.ts';
import {
  VaultMintRequest,
  VaultQuery,
  VaultRedeemCancelRequest,
  VaultRedeemRequest,
  VaultsHistoryQuery,
} from '../../schemas/vault-requests.ts';
import { definePublicRoute, defineSignedRoute, NO_ANSWER, NO_BODY, NO_QUERY, type Route } from '../route.ts';
import { notOffered } from './not-offered.ts';

const refuse = () => notOffered('vaults');

const readVaults = definePublicRoute({
  route: 'GET /api/v1/vaults',
  area: 'Vaults',
  summary: 'Vaults; none yet.',
  query: NO_QUERY,
  body: NO_BODY,
  answer: z.array(Vault),
  handle: () => [],
});

const readVaultsHistory = definePublicRoute({
  route: 'GET /api/v1/vaults/history',
  area: 'Vaults',
  summary: 'Values of vaults over time; none yet.',
  query: VaultsHistoryQuery,
  body: NO_BODY,
  answer: z.array(VaultHistory),
  handle: () => [],
});

const mintVault = defineSignedRoute({
  route: 'POST /api/v1/vault/mint',
  area: 'Vaults',
  summary: 'Buys shares of a vault.',
  permission: 'trade',
  query: NO_QUERY,
  body: VaultMintRequest,
  answer: NO_ANSWER,
  format: 'empty',
  handle: refuse,
});

const redeemVault = defineSignedRoute({
  route: 'POST /api/v1/vault/redeem',
  area: 'Vaults',
  summary: 'Asks to give shares of a vault back.',
  permission: 'trade',
  query: NO_QUERY,
  body: VaultRedeemRequest,
  answer: NO_ANSWER,
  format: 'empty',
  handle: refuse,
});

const cancelRedeem = defineSignedRoute({
  route: 'DELETE /api/v1/vault/redeem',
  area: 'Vaults',
  summary: 'Withdraws a redemption.',
  permission: 'trade',
  query: NO_QUERY,
  body: VaultRedeemCancelRequest,
  answer: NO_ANSWER,
  format: 'empty',
  handle: refuse,
});

const readRedeems = defineSignedRoute({
  route: 'GET /api/v1/vault/redeems/pending',
  area: 'Vaults',
  summary: 'Redemptions that wait; none yet.',
  permission: 'read',
  query: VaultQuery,
  body: NO_BODY,
  answer: z.array(VaultRedeem),
  handle: () => [],
});

const readVaultNav = defineSignedRoute({
  route: 'GET /api/v1/vault/nav',
  area: 'Vaults',
  summary: 'Value of a vault.',
  permission: 'read',
  query: NO_QUERY,
  body: NO_BODY,
  answer: VaultNav,
  handle: refuse,
});

/** Routes about vaults. */
export const VAULT_ROUTES: readonly Route[] = [
  readVaults,
  readVaultsHistory,
  mintVault,
  redeemVault,
  cancelRedeem,
  readRedeems,
  readVaultNav,
];
