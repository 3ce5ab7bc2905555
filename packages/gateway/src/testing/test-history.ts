/** History of a test venue, in a SQLite store that lives as long as the test. */
import { createSqliteHistory } from '@mochila/history-sql';
import type { EngineLink, HistoryStore } from '@mochila/ports';
import { HistoryFold, marketFactsOf } from '@mochila/projections';
import { commands, type Genesis } from '@mochila/protocol';

/** A store that is written when the test says so. */
export class TestHistory {
  readonly store: HistoryStore;
  readonly #fold: HistoryFold;

  private constructor(store: HistoryStore, fold: HistoryFold) {
    this.store = store;
    this.#fold = fold;
  }

  /** Opens a store for a venue that has just begun and follows it: of its first command nobody was told. */
  static async open(engine: EngineLink, genesis: Genesis): Promise<TestHistory> {
    const store = createSqliteHistory({ file: ':memory:' });
    await store.open(genesis.venueId);
    const fold = new HistoryFold(marketFactsOf(genesis));
    fold.add({ seq: 1, timeMicros: genesis.createdAtMicros, commandCode: commands.genesis.code, rejectCode: 0, events: [] });
    engine.follow((batch) => fold.add(batch));
    return new TestHistory(store, fold);
  }

  /** Writes what happened since the last time. */
  async catchUp(): Promise<void> {
    const piece = this.#fold.take();
    if (piece !== null) await this.store.write(piece);
  }
}
