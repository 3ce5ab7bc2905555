/** What handlers work with. The composition root makes one set for each gateway. */
import type { Custodian, EngineLink, HistoryStore } from '@mochila/ports';
import type { KeyDirectory } from './auth/key-directory.ts';
import type { MarketDataFeed } from './market-data/market-data-feed.ts';
import type { VenueDirectory } from './venue/directory.ts';

/** The past, to be read. */
export type HistoryReader = Omit<HistoryStore, 'open' | 'close' | 'write' | 'clear'>;

/** Everything that a handler may ask. */
export type GatewayServices = {
  readonly engine: EngineLink;
  readonly keys: KeyDirectory;
  /** Wall clock in Unix milliseconds; for windows and limits, never for money. */
  readonly nowMs: () => number;
  /** The venue's time at a moment of the wall clock, both in Unix milliseconds; the two differ where a venue runs faster than the world. */
  readonly toVenueMs: (wallMs: number) => number;
  /**
   * Unix milliseconds of the wall clock before which no signature counts; 0 for no bound. The engine forgets a signature when
   * its window is over in the venue's time: one from before a start with another course of time could be taken twice.
   */
  readonly signedSinceMs: number;
  readonly directory: VenueDirectory;
  readonly history: HistoryReader;
  readonly marketData: MarketDataFeed;
  readonly custodian: Pick<Custodian, 'depositAddress'>;
};
