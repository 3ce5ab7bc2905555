/** What a gateway thread is started with, and what it and its parent say to each other. */
import type { ExchangeFigures } from '@mochila/prices-exchanges';
import type { Genesis } from '@mochila/protocol';
import type { ClockSettings, HistoryStatus, LinkSeat } from '@mochila/runtime';
import type { HistoryPlace } from './history-place.ts';
import type { STOP_WORKER } from './venue-worker.ts';

/** Posted to the thread when it starts. */
export type GatewayTask = {
  readonly seat: LinkSeat;
  readonly genesis: Genesis;
  readonly clock: ClockSettings;
  readonly history: HistoryPlace;
  readonly host: string;
  readonly port: number;
  readonly isPublicSandbox: boolean;
  readonly logLevel: string;
};

/** How history is, as far as metrics show it. */
export type HistoryFigures = Pick<HistoryStatus, 'state' | 'checkpointSeq' | 'lagCommands' | 'lagSeconds' | 'rowsWritten' | 'faults'>;

/** Posted by the thread: where it listens, or why it cannot. */
export type GatewayMessage =
  | { readonly kind: 'listening'; readonly url: string }
  | { readonly kind: 'cannotListen'; readonly code: string; readonly reason: string };

/** Posted to the thread. */
export type GatewayOrder =
  | typeof STOP_WORKER
  | { readonly kind: 'history'; readonly figures: HistoryFigures }
  | { readonly kind: 'prices'; readonly figures: readonly ExchangeFigures[] };
