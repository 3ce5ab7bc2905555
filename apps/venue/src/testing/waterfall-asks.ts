/** What is asked again and again of a venue that liquidates. */
import { type Client, historyFills, type OrderFill } from '@mochila/sdk';
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

/** Waits until a stream said something. */
export async function told<Event extends object>(events: readonly Event[], expected: Partial<Event>): Promise<void> {
  await eventually(
    PATIENCE_MS,
    async () => events.map((event) => new Map<string, unknown>(Object.entries(event))),
    (all) => all.some((event) => Object.entries(expected).every(([name, value]) => event.get(name) === value)),
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
