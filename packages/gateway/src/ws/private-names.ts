/** Names of private streams. */
import type { VenueDirectory } from '../venue/directory.ts';
import type { AccountStreamName } from './account-log.ts';
import { findMarket, refuse, type StreamRefusal } from './stream-kind.ts';

const STREAMS: readonly AccountStreamName[] = [
  'account.orderUpdate',
  'account.positionUpdate',
  'account.balanceUpdate',
  'account.rfqUpdate',
  'account.receiptUpdate',
];
/** A balance is of no market. */
const WHOLE_ACCOUNT_ONLY: ReadonlySet<AccountStreamName> = new Set(['account.balanceUpdate']);

/** Whether a name belongs to an account. */
export function isPrivateName(name: string): boolean {
  return name === 'account' || name.startsWith('account.');
}

/** The stream that a private name is of, the symbol left out, or why there is none. */
export function privateStreamOf(directory: VenueDirectory, name: string): AccountStreamName | StreamRefusal {
  const [prefix = '', kind = '', ...rest] = name.split('.');
  const stream = STREAMS.find((one) => one === `${prefix}.${kind}`);
  if (stream === undefined) return refuse(name, `the private streams are ${STREAMS.join(', ')}`);
  if (rest.length === 0) return stream;
  if (WHOLE_ACCOUNT_ONLY.has(stream)) return refuse(name, `${stream} takes no symbol`);
  const market = findMarket({ directory }, rest.length === 1 ? rest[0] : undefined, name);
  return 'code' in market ? market : stream;
}
