/** The little that streams need of a WebSocket: the one of browsers, of Node 22 and of the package `ws` all have it. */
import { UsageFault } from '../faults.ts';

/** What a socket tells. */
export type SocketEvent = { readonly data?: unknown; readonly code?: number; readonly reason?: string };

/** A WebSocket that was opened. */
export type SocketLike = {
  send(text: string): void;
  close(): void;
  addEventListener(type: 'open' | 'message' | 'close' | 'error', listener: (event: SocketEvent) => void): void;
};

/** Opens a WebSocket. */
export type OpenSocket = (url: string) => SocketLike;

/**
 * Opens a WebSocket of the platform.
 *
 * @throws UsageFault where there is none
 */
export function globalSocket(url: string): SocketLike {
  if (typeof WebSocket !== 'function') {
    throw new UsageFault(
      'This platform has no WebSocket: give one, as createClient({ webSocket: (url) => new WebSocket(url) }) with the package ws, or use Node 22.',
    );
  }
  const socket = new WebSocket(url);
  return {
    send: (text) => socket.send(text),
    close: () => socket.close(),
    addEventListener: (type, listener) => socket.addEventListener(type, (event: object) => listener(readEvent(event))),
  };
}

function readEvent(event: object): SocketEvent {
  const data = 'data' in event ? event.data : undefined;
  const code = 'code' in event && typeof event.code === 'number' ? { code: event.code } : {};
  const reason = 'reason' in event && typeof event.reason === 'string' ? { reason: event.reason } : {};
  return { data, ...code, ...reason };
}
