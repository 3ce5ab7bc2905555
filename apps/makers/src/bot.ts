/** A bot: something that does a step again and again, and what it is given. */
import type { Random } from './random.ts';
import type { ReferencePrices } from './reference-prices.ts';
import type { RequestBudget } from './request-budget.ts';

/** What a bot is given. */
export interface BotSurroundings {
  readonly prices: ReferencePrices;
  readonly budget: RequestBudget;
  readonly random: Random;
  /** Seconds of the venue's time, from any beginning. */
  nowSeconds(): number;
  /** Seconds for what is looked at now and then: at most four in one real second, however fast the venue is. */
  nowPaced(): number;
  /** Says something to whoever runs the bots; what repeats is left out. */
  report(message: string): void;
}

/** A bot at work. */
export interface Bot {
  readonly name: string;
  /** Seconds of the venue between two steps; in real time at least a quarter of it. */
  readonly everySeconds: number;
  /** Does one step; a failure is reported and tried again later. */
  step(): Promise<void>;
  /** Lets go of what it holds open. */
  stop(): void;
}
