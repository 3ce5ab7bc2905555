/** Frames of one exchange, served over a stream on this machine at the times they were heard, and what they make. */
import { ExchangeFeed, type ExchangeFigures, type TakenPrice } from '../exchange-feed.ts';
import type { ExchangeName } from '../exchanges.ts';
import { CONNECTION_RULES, PRICE_RULES } from '../feed-rules.ts';
import { createHandWall, type HandWall } from './hand-wall.ts';
import { StreamServer, until } from './stream-server.ts';

/** A frame and when it is heard, ms since 1970. */
export type HeardFrame = { readonly text: string; readonly atMs: number };

/** A session and what its frames make. */
export type FrameSession = {
  readonly name: string;
  readonly exchange: ExchangeName;
  /** The exchange's symbol by asset, as in a source. */
  readonly symbols: Readonly<Record<string, string>>;
  readonly frames: readonly HeardFrame[];
  /** By asset; an asset that no frame prices is left out. */
  readonly prices: Readonly<Record<string, readonly [bid: number, ask: number, last: number]>>;
  /** Observations taken, and those refused as repeated and as past. */
  readonly taken: number;
  readonly repeated: number;
  readonly past: number;
  /** Messages in which the exchange refuses something. */
  readonly errors: number;
};

/** A feed that hears a session. */
export class SessionFeed {
  readonly server: StreamServer;
  readonly wall: HandWall;
  readonly #feed: ExchangeFeed;
  #heard = 0;

  private constructor(server: StreamServer, wall: HandWall, feed: ExchangeFeed) {
    this.server = server;
    this.wall = wall;
    this.#feed = feed;
  }

  /** Connects to a server of its own, at the time of the first frame. */
  static async open({ exchange, symbols, frames }: FrameSession): Promise<SessionFeed> {
    const server = await StreamServer.listen();
    const wall = createHandWall(frames[0]?.atMs ?? 0);
    const rules = { priceRules: PRICE_RULES, connectionRules: CONNECTION_RULES };
    const sources = [{ name: exchange, exchange, symbols }];
    const feed = new ExchangeFeed({ exchange, url: server.url, sources, ...rules, wall, onNews: () => undefined });
    const session = new SessionFeed(server, wall, feed);
    feed.start();
    await session.#connected(1);
    return session;
  }

  /** Says frames at their times, or at once when those are over, and waits until they were heard. */
  async hear(frames: readonly HeardFrame[]): Promise<void> {
    for (const { text, atMs } of frames) {
      this.wall.pass(Math.max(0, atMs - this.wall.nowMs()));
      await this.say(text);
    }
  }

  /** Says frames now and waits until they were heard. */
  async say(...texts: readonly string[]): Promise<void> {
    this.server.say(...texts);
    this.#heard += texts.length;
    await until(() => this.figures().frames === this.#heard, 'all frames have come');
  }

  /** Loses the connection and waits until it is back. */
  async cut(): Promise<void> {
    const { connects } = this.figures();
    this.server.cut();
    await until(() => !this.figures().isConnected && this.server.open === 0, 'the loss was noticed');
    this.wall.pass(CONNECTION_RULES.backoffMsMin);
    await this.#connected(connects + 1);
  }

  figures(): ExchangeFigures {
    return this.#feed.figures();
  }

  drain(): TakenPrice[] {
    return this.#feed.drain();
  }

  async close(): Promise<void> {
    this.#feed.stop();
    await this.server.close();
  }

  async #connected(connects: number): Promise<void> {
    await until(() => this.figures().connects === connects && this.server.open === 1, 'it is connected');
  }
}
