/** The borrower: keeps lending pools in use. Its coins are its collateral; what it borrows it keeps. */
import type { Bot, BotSurroundings } from '../bot.ts';
import type { ExchangeClient } from '../exchange-client.ts';
import { decidePool, targetOf } from '../lending-target.ts';

/** A pool that the borrower uses. */
export interface BorrowedPool {
  readonly symbol: string;
  /** Digits after the point of a quantity. */
  readonly digits: number;
  /** Most that it owes, in units. */
  readonly owedMax: number;
  /** Of the wandering target, 0 to 1. */
  readonly phase: number;
}

/** Makes a borrower over its own account. */
export function createBorrowerBot(
  name: string,
  client: ExchangeClient,
  pools: readonly BorrowedPool[],
  surroundings: BotSurroundings,
): Bot {
  const { budget, nowSeconds, report } = surroundings;
  let isReady = false;
  // By itself the account would lend what it borrowed, or repay at once.
  const prepare = async (): Promise<void> => {
    await client.updateAccount({ autoLend: false, autoRepayBorrows: false });
    isReady = true;
  };
  const act = async (pool: BorrowedPool, lent: number, borrowed: number, debt: number): Promise<void> => {
    const step = decidePool({ lent, borrowed, target: targetOf(nowSeconds(), pool.phase), owed: debt, owedMax: pool.owedMax });
    if (step === null || !budget.tryTake(1)) return;
    const quantity = step.quantity.toFixed(pool.digits);
    if (!(Number(quantity) > 0)) return;
    try {
      await client.borrowLend({ symbol: pool.symbol, side: step.side, quantity });
    } catch (error) {
      report(`${name}: ${step.side} ${quantity} ${pool.symbol}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return {
    name,
    everySeconds: 15,
    stop: () => undefined,
    step: async () => {
      if (!isReady) await prepare();
      if (!budget.tryTake(2)) return;
      const positions = await client.borrowLendPositions();
      const owed = new Map(positions.map(({ symbol, netQuantity }) => [symbol, Math.max(0, -Number(netQuantity))]));
      const markets = new Map((await client.borrowLendMarkets()).map((market) => [market.symbol, market]));
      for (const pool of pools) {
        const market = markets.get(pool.symbol);
        if (market !== undefined) await act(pool, Number(market.lentQuantity), Number(market.borrowedQuantity), owed.get(pool.symbol) ?? 0);
      }
    },
  };
}
