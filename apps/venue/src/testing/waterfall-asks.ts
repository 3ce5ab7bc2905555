/** What is asked again and again of a venue that liquidates. */
import { type Client, getAccount, historyFills, type OrderFill } from '@mochila/sdk';
import { eventually, PATIENCE_MS } from './venue-run.ts';

/** Code of the refusal of something that was asked, `done` when it was not refused. */
export const codeOf = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => 'done',
    (fault: unknown) => (fault instanceof Error && 'code' in fault ? fault.code : fault),
  );

/** A bid of a limit order. */
export const bid = (symbol: string, quantity: string, price: string) =>
  ({ symbol, quantity, price, side: 'Bid', orderType: 'Limit' }) as const;

/** What has arrived is looked at more often than a venue may be asked. */
const LOOK_MS = 10;

/** Waits until a stream said something. */
export async function told<Event extends object>(events: readonly Event[], expected: Partial<Event>): Promise<void> {
  await eventually(
    PATIENCE_MS,
    async () => events,
    (all) => all.some((event) => hasAll(event, expected)),
    LOOK_MS,
  );
}

function hasAll(event: object, expected: object): boolean {
  const fields = new Map<string, unknown>(Object.entries(event));
  return Object.entries(expected).every(([name, value]) => fields.get(name) === value);
}

/** Waits until an account is not liquidated any more. */
export async function restored(client: Client): Promise<void> {
  await eventually(
    PATIENCE_MS,
    () => getAccount(client),
    ({ liquidating }) => !liquidating,
  );
}

/** Waits until the venue closed something of an account. @returns its fills that were forced */
export async function forcedFills(client: Client): Promise<OrderFill[]> {
  const { rows } = await eventually(
    PATIENCE_MS,
    () => historyFills(client, { fillType: 'AllLiquidation' }),
    (page) => page.rows.length > 0,
  );
  return rows;
}
