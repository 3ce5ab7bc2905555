/** `GET /wapi/v1/capital/deposits`. */
import type { DepositRow } from '@mochila/protocol';
import { z } from 'zod';
import { Deposit } from '../../schemas/capital-answers.ts';
import { DepositsQuery } from '../../schemas/capital-requests.ts';
import { DepositSource } from '../../schemas/money-enums.ts';
import type { AssetEntry } from '../../venue/directory.ts';
import { timesOf } from '../../venue/history-filters.ts';
import { readPage } from '../../venue/history-page.ts';
import { writeAmount, writeIso } from '../../venue/write-decimals.ts';
import { defineSignedRoute, NO_BODY } from '../route.ts';

/** Lists deposits. */
export const readDeposits = defineSignedRoute({
  route: 'GET /wapi/v1/capital/deposits',
  area: 'Capital',
  summary: 'Deposits of the account, newest first.',
  description: 'excludePlatform leaves out, of the page, what the venue itself gave.',
  permission: 'read',
  query: DepositsQuery,
  body: NO_BODY,
  answer: z.array(Deposit),
  handle: async (context) => {
    const { query, services, caller } = context;
    const filter = { account: caller.account, ...timesOf(query) };
    const rows = await readPage(context, query, (page) => services.history.deposits(filter, page));
    const wanted = rows.filter((row) => query.excludePlatform !== true || row.isFaucet === 0);
    return wanted.map((row) => depositAnswer(services.directory.assetAt(row.asset), row));
  },
});

function depositAnswer(asset: AssetEntry, row: DepositRow): z.input<typeof Deposit> {
  return {
    id: row.deposit,
    toAddress: null,
    fromAddress: row.fromAddress === '' ? null : row.fromAddress,
    source: row.isFaucet === 1 ? 'administrator' : sourceOf(asset),
    status: 'confirmed',
    transactionHash: row.reference === '' ? null : row.reference,
    symbol: asset.symbol,
    quantity: writeAmount(asset, row.amountAtoms),
    createdAt: writeIso(row.timeMicros),
    fiatAmount: null,
    fiatCurrency: null,
    institutionBic: null,
    platformMemo: null,
  };
}

/** Sources are chains that begin with a small letter. The chain of a deposit is known only where its asset has one. */
function sourceOf(asset: AssetEntry): DepositSource {
  const [token, ...others] = asset.listing.tokens;
  if (token === undefined || others.length > 0) return 'internal';
  const source = DepositSource.safeParse(token.blockchain.charAt(0).toLowerCase() + token.blockchain.slice(1));
  return source.success ? source.data : 'internal';
}
