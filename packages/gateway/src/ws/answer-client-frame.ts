/** Does what a client's frame asks: starts and ends streams, acknowledges, refuses. */
import { LinkFault } from '@mochila/ports';
import { STREAM_ERROR_CODES, type SubscribeFrame, type UnsubscribeFrame } from '../schemas/stream-frames.ts';
import type { VenueDirectory } from '../venue/directory.ts';
import type { AccountLog } from './account-log.ts';
import type { AccountStreams } from './account-streams.ts';
import { authenticateSubscription, type SubscriptionGuard } from './authenticate-subscription.ts';
import { encodeFrame } from './channel.ts';
import type { Connection } from './connection.ts';
import { isPrivateName, privateStreamOf } from './private-names.ts';
import type { PublicStreams } from './public-streams.ts';
import { type FrameId, readClientFrame, streamError } from './read-client-frame.ts';
import type { StreamRefusal } from './stream-kind.ts';
import type { WsMetrics } from './ws-metrics.ts';

/** What frames are answered with. */
export type FrameServices = SubscriptionGuard & {
  readonly directory: VenueDirectory;
  readonly publicStreams: PublicStreams;
  readonly accountStreams: AccountStreams;
  readonly streamsMax: number;
  /** What the whole book as a start costs, in frames. */
  readonly snapshotCost: number;
  /** Counts frames of a socket. @returns false when it has sent too many */
  readonly spend: (connection: Connection, cost: number) => boolean;
  readonly metrics: WsMetrics;
};

/** Refusals that one frame is answered with; the rest are counted in the last. */
const REFUSALS_SHOWN_MAX = 10;
const REVOKED_MEANWHILE: StreamRefusal = { code: STREAM_ERROR_CODES.unauthorized, message: 'The key was revoked.' };

/** Answers one frame. */
export async function answerClientFrame(connection: Connection, text: string, services: FrameServices): Promise<void> {
  const frame = readClientFrame(text);
  if ('error' in frame) {
    refuse(connection, frame.id, [frame.error], services.metrics);
    return;
  }
  const id = frame.id ?? null;
  const refusals = frame.method === 'PING' ? [] : await carryOut(connection, frame, services);
  if (refusals.length > 0) refuse(connection, id, refusals, services.metrics);
  else if (id !== null) send(connection, { id, result: null });
}

/** Answers a refusal. */
export function refuse(connection: Connection, id: FrameId, refusals: readonly StreamRefusal[], metrics: WsMetrics): void {
  const shown = refusals.slice(0, REFUSALS_SHOWN_MAX);
  const hidden = refusals.length - shown.length;
  for (const [place, { code, message }] of shown.entries()) {
    metrics.errors.inc({ code: String(code) });
    const tail = hidden > 0 && place === shown.length - 1 ? ` (and ${hidden} more names were refused)` : '';
    send(connection, streamError(id, code, message + tail));
  }
}

async function carryOut(
  connection: Connection,
  frame: SubscribeFrame | UnsubscribeFrame,
  services: FrameServices,
): Promise<StreamRefusal[]> {
  const names = [...new Set(frame.params)];
  if (frame.method === 'UNSUBSCRIBE') {
    for (const name of names) connection.unsubscribe(name);
    return [];
  }
  const refusals = startPublic(
    connection,
    frame,
    names.filter((name) => !isPrivateName(name)),
    services,
  );
  const privateNames = names.filter(isPrivateName);
  return privateNames.length === 0 ? refusals : [...refusals, ...(await startPrivate(connection, frame, privateNames, services))];
}

function startPublic(
  connection: Connection,
  frame: SubscribeFrame,
  names: readonly string[],
  { publicStreams, streamsMax, snapshotCost, spend }: FrameServices,
): StreamRefusal[] {
  const refusals: StreamRefusal[] = [];
  for (const name of names) {
    const channel = publicStreams.resolve(name);
    const snapshot = frame.snapshot === true && !('message' in channel) ? channel.snapshot : null;
    if ('message' in channel) refusals.push(channel);
    else if (isFull(connection, name, streamsMax)) refusals.push(tooMany(name, streamsMax));
    else if (snapshot !== null && !spend(connection, snapshotCost)) refusals.push(tooManySnapshots(name));
    else {
      // The snapshot is of this very moment, and the frames that follow are of what comes after it.
      if (snapshot !== null) connection.sendOwn(encodeFrame(name, JSON.stringify(snapshot())));
      connection.subscribe(channel);
    }
  }
  return refusals;
}

function tooManySnapshots(name: string): StreamRefusal {
  return { code: STREAM_ERROR_CODES.tooManyFrames, message: `Too many snapshots: "${name}" was not started. Ask again in a minute.` };
}

async function startPrivate(
  connection: Connection,
  frame: SubscribeFrame,
  names: readonly string[],
  services: FrameServices,
): Promise<StreamRefusal[]> {
  const { directory, accountStreams, streamsMax } = services;
  const refusals: StreamRefusal[] = [];
  const good: string[] = [];
  for (const name of names) {
    const stream = privateStreamOf(directory, name);
    if (typeof stream !== 'string') refusals.push(stream);
    else if (isFull(connection, name, streamsMax - good.length)) refusals.push(tooMany(name, streamsMax));
    else good.push(name);
  }
  if (good.length === 0) return refusals;
  try {
    const owner = await authenticateSubscription(connection, frame, services);
    if ('message' in owner) return [...refusals, owner];
    const log = await accountStreams.open(owner.account);
    if (!connection.isOpen) return refusals;
    if (services.keys.find(frame.signature?.[0] ?? '')?.key !== owner.key) return [...refusals, REVOKED_MEANWHILE];
    connection.owner = owner;
    const missed = frame.resumeAfter === undefined ? null : startResumed(connection, log, good, frame.resumeAfter);
    if (missed !== null) refusals.push(missed);
    if (frame.resumeAfter === undefined) await startFresh(connection, log, good, accountStreams);
    return refusals;
  } catch (fault) {
    if (!(fault instanceof LinkFault)) throw fault;
    return [...refusals, { code: STREAM_ERROR_CODES.unauthorized, message: 'The venue does not answer now: subscribe again in a while.' }];
  }
}

/** Repeats what came after a number, then goes on, with nothing in between. */
function startResumed(connection: Connection, log: AccountLog, names: readonly string[], seq: number): StreamRefusal | null {
  const frames = log.framesAfter(seq, names);
  for (const frame of frames ?? []) connection.sendOwn(frame);
  for (const name of names) connection.subscribe(log.channel(name));
  if (frames !== null) return null;
  const message = `Updates after ${seq} are not kept any more: the streams were started, read orders, positions and balances over REST now.`;
  return { code: STREAM_ERROR_CODES.cannotResume, message };
}

/** Positions that are there come first; changes that happen meanwhile are sent behind them. */
async function startFresh(
  connection: Connection,
  log: AccountLog,
  names: readonly string[],
  accountStreams: AccountStreams,
): Promise<void> {
  const fresh = names.filter((name) => !connection.has(name));
  const positions = fresh.filter((name) => name.startsWith('account.positionUpdate'));
  for (const name of fresh) if (!positions.includes(name)) connection.subscribe(log.channel(name));
  if (positions.length === 0) return;
  const seq = log.lastSeq;
  for (const name of positions) for (const frame of await accountStreams.positionFrames(log, name)) connection.sendOwn(frame);
  if (!connection.isOpen) return;
  for (const frame of log.framesAfter(seq, positions) ?? []) connection.sendOwn(frame);
  for (const name of positions) connection.subscribe(log.channel(name));
}

function isFull(connection: Connection, name: string, streamsMax: number): boolean {
  return connection.streamCount >= streamsMax && !connection.has(name);
}

function tooMany(name: string, streamsMax: number): StreamRefusal {
  const message = `Too many streams: one socket carries ${streamsMax}, "${name}" was not started. Open another socket.`;
  return { code: STREAM_ERROR_CODES.tooManyStreams, message };
}

function send(connection: Connection, frame: object): void {
  connection.sendOwn(Buffer.from(JSON.stringify(frame)));
}
