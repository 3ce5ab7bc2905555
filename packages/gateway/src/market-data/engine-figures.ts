/** The engine's answers that public routes repeat: asked once for many readers, since the engine has better things to do. */
import type { EngineLink } from '@mochila/ports';
import type { MarketAnswer, PoolAnswer } from '@mochila/protocol';

/** An answer is asked again once it is this old, in milliseconds. */
export const FIGURES_KEPT_MS = 250;

/** One question that many ask. */
class SharedAnswer<Answer> {
  readonly #ask: () => Promise<Answer>;
  readonly #keptMs: number;
  #latest: Promise<Answer> | null = null;
  #askedAtMs = 0;

  constructor(ask: () => Promise<Answer>, keptMs: number) {
    this.#ask = ask;
    this.#keptMs = keptMs;
  }

  read(): Promise<Answer> {
    const nowMs = performance.now();
    if (this.#latest !== null && nowMs - this.#askedAtMs < this.#keptMs) return this.#latest;
    const answer = this.#ask();
    this.#latest = answer;
    this.#askedAtMs = nowMs;
    // Whoever asks next asks anew; those who wait now are told of the failure by their own promise.
    answer.catch(() => {
      if (this.#latest === answer) this.#latest = null;
    });
    return answer;
  }
}

/** Live figures of markets and pools. */
export class EngineFigures {
  readonly #markets: SharedAnswer<MarketAnswer[]>;
  readonly #pools: SharedAnswer<PoolAnswer[]>;

  /** @param keptMs how long an answer is good for, in milliseconds */
  constructor(engine: EngineLink, keptMs: number = FIGURES_KEPT_MS) {
    this.#markets = new SharedAnswer(() => engine.ask('markets', {}), keptMs);
    this.#pools = new SharedAnswer(() => engine.ask('pools', {}), keptMs);
  }

  /** Figures of every market, by index. @throws LinkFault when the engine does not answer. */
  markets(): Promise<readonly MarketAnswer[]> {
    return this.#markets.read();
  }

  /** Figures of every lending pool. @throws LinkFault when the engine does not answer. */
  pools(): Promise<readonly PoolAnswer[]> {
    return this.#pools.read();
  }
}
