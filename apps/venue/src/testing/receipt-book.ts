/** Receipts as their owners read them, each computed again, in the order in which their streams named them. */
import { type Client, getReceipt, listReceipts, type Receipt, verifyReceipt } from '@mochila/sdk';
import { expect } from 'vitest';
import { eventually, PATIENCE_MS } from './venue-run.ts';
import type { Heard } from './waterfall-world.ts';

/** Gathers them. */
export class ReceiptBook {
  readonly #byId = new Map<string, Receipt>();

  /** All that were read, each once. */
  get all(): Receipt[] {
    return [...this.#byId.values()];
  }

  /** Their kinds. */
  kinds(): Set<string> {
    return new Set(this.all.map(({ kind }) => kind));
  }

  /** Waits for a receipt of a kind. @returns all receipts of the account, newest first */
  async read(client: Client, kind: Receipt['kind'], heard?: Heard): Promise<Receipt[]> {
    const { rows } = await eventually(
      PATIENCE_MS,
      () => listReceipts(client, { limit: 1_000 }),
      (page) => page.rows.some((row) => row.kind === kind),
    );
    if (heard !== undefined) {
      const told = await eventually(
        PATIENCE_MS,
        async () => [...heard.receipts],
        (events) => events.length >= rows.length,
      );
      const names = told.map(({ i, k, r, s = null, a = null }) => ({ id: i, kind: k, role: r, symbol: s, asset: a }));
      expect(names.slice(0, rows.length).reverse()).toEqual(
        rows.map(({ id, kind: named, role, symbol, asset }) => ({ id, kind: named, role, symbol, asset })),
      );
    }
    const receipts = await Promise.all(rows.map(({ id }) => getReceipt(client, { id })));
    for (const receipt of receipts) this.#add(receipt);
    return receipts;
  }

  #add(receipt: Receipt): void {
    const wrong = verifyReceipt(receipt).checks.filter(({ isGood }) => !isGood);
    expect([receipt.kind, wrong]).toEqual([receipt.kind, []]);
    this.#byId.set(receipt.id, receipt);
  }
}
