/** What a gateway thread is started with, and what it says to its parent. */
import type { Genesis } from '@mochila/protocol';
import type { ClockSettings, LinkSeat } from '@mochila/runtime';
import type { HistoryPlace } from './history-place.ts';

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

/** Posted by the thread. */
export type GatewayMessage = { readonly kind: 'listening'; readonly url: string } | { readonly kind: 'stopped' };

/** Posted to the thread to end it. */
export const STOP_GATEWAY = 'stop';
