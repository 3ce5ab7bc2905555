/** Starts and stops the threads of a venue: journal, core, snapshots. Gateways and history open links in theirs. */

import { MessageChannel, Worker } from 'node:worker_threads';
import type { JournalProgress, JournalTail } from '@mochila/ports';
import type { Genesis } from '@mochila/protocol';
import { anchorClock, type ClockSettings } from '../clock/venue-clock.ts';
import { CoreControl } from '../core-thread/core-control.ts';
import type { CoreThreadEnd, CoreThreadMessage, CoreThreadStart, CoreThreadTask } from '../core-thread/core-messages.ts';
import type { SnapshotPace } from '../core-thread/snapshot-schedule.ts';
import type { JournalThreadEnd } from '../journal-thread/journal-messages.ts';
import { type JournalThread, startJournalThread } from '../journal-thread/journal-thread.ts';
import { LinkControl } from '../link/link-memory.ts';
import { linkModules } from '../linking/link-modules.ts';
import { RecoveryFault } from '../recovery/recovery-fault.ts';
import type { ReplayProgress } from '../recovery/replay.ts';
import { Doorbell } from '../ring/doorbell.ts';
import type { SnapshotThreadMessage, SnapshotThreadTask } from '../snapshot-thread/snapshot-messages.ts';
import { describeError, type ThreadError } from '../thread-error.ts';
import { createVenueMemory, type LinkSeat, seatsOf, type VenueMemory, type VenueMemorySizes } from './venue-memory.ts';
import type { VenueStorageTask } from './venue-storage.ts';

/** How the threads of a venue are started. */
export interface VenueThreadsOptions {
  /** Constitution of a new venue; one that exists must have the same id and sandbox mark. */
  readonly genesis: Genesis;
  /** Module that makes the stores in each thread, and what it is given. */
  readonly storage: VenueStorageTask;
  /** For each link, whether it is a follower that must never hold up trading (history). */
  readonly links: readonly { readonly isLossy: boolean }[];
  /** Venue seconds in one real second; 1 unless told. */
  readonly speed?: number;
  readonly snapshots?: SnapshotPace & { /** Newest ones to keep; 3 unless told. */ readonly newestCount?: number };
  readonly sizes?: VenueMemorySizes;
  readonly onJournalProgress?: (progress: JournalProgress) => void;
  readonly onReplayProgress?: (progress: ReplayProgress) => void;
  /** Told each time the journal begins to refuse for lack of space. */
  readonly onRefusing?: (error: ThreadError) => void;
  /** Told of every snapshot stored or failed. */
  readonly onSnapshot?: (message: SnapshotThreadMessage) => void;
  /** Told why the code of the core could not be linked: it runs from its modules then, the same and slower. */
  readonly onUnlinked?: (reason: string) => void;
  /** False: the core runs from its modules, for debugging. True unless told. */
  readonly isLinked?: boolean;
}

/** How a venue's threads ended. */
export interface VenueEnd {
  readonly core: CoreThreadEnd;
  readonly journal: JournalThreadEnd;
}

/** The running threads of a venue. */
export interface VenueThreads {
  readonly start: CoreThreadStart;
  /** Where the journal ended when it was opened, and what was cut off. */
  readonly tail: JournalTail;
  readonly clock: ClockSettings;
  /** One for each link asked for; post it to the thread that opens it, or open it here. */
  readonly seats: readonly LinkSeat[];
  readonly memory: VenueMemory;
  /** Figures, status and the checkpoint of history. */
  readonly control: CoreControl;
  /** Fulfilled when all threads ended, on request or by a fault; never rejected. */
  readonly ended: Promise<VenueEnd>;
  /** Does what was given, makes it durable, keeps a snapshot and ends the threads. */
  stop(): Promise<VenueEnd>;
  /** Says that the thread of a link died: nobody waits for it any more. */
  abandonLink(linkIx: number): void;
}

/**
 * Starts the threads and waits until the venue is recovered and takes commands.
 * @throws JournalThreadFault when the journal cannot be opened, RecoveryFault when its state cannot be brought back;
 *   both say where and what to do
 */
export async function startVenueThreads(options: VenueThreadsOptions): Promise<VenueThreads> {
  const memory = createVenueMemory(
    options.links.map((link) => link.isLossy),
    options.sizes,
  );
  const linking = linkCore(options);
  const journal = await startJournal(options, memory);
  const { nextSeq, lastTimeMicros } = journal.tail;
  const clock = anchorClock(options.speed ?? 1, lastTimeMicros);
  const channel = new MessageChannel();
  const snapshots = startSnapshots(options, memory, channel);
  const core = startCore(options, memory, channel, clock, nextSeq - 1, await linking);
  const ended = endAll(core.ended, snapshots, journal);
  const start = await Promise.race([core.started, core.ended]);
  if ('kind' in start) {
    await ended;
    throw new RecoveryFault(start.kind === 'halted' ? start.error.message : 'the venue stopped before it was recovered');
  }
  const control = new CoreControl(memory.coreControl);
  const ringCore = (): void => new Doorbell(memory.coreBell).ring();
  const stop = (): Promise<VenueEnd> => {
    control.requestStop();
    ringCore();
    return ended;
  };
  const abandonLink = (linkIx: number): void => {
    const link = memory.links[linkIx];
    if (link === undefined) throw new RangeError(`there are ${memory.links.length} links, none is ${linkIx}`);
    new LinkControl(link.control).leave();
    ringCore();
  };
  return { start, tail: journal.tail, clock, seats: seatsOf(memory), memory, control, ended, stop, abandonLink };
}

const worker = (file: string): URL => new URL(file, import.meta.url);

function startJournal(options: VenueThreadsOptions, memory: VenueMemory): Promise<JournalThread> {
  const { onJournalProgress, onRefusing } = options;
  return startJournalThread({
    workerUrl: worker('./journal-worker.ts'),
    settings: options.storage,
    listeners: [memory.coreBell, memory.snapshotBell, ...memory.links.map((link) => link.bell)],
    memory: memory.journal,
    ...(onJournalProgress === undefined ? {} : { onProgress: onJournalProgress }),
    ...(onRefusing === undefined ? {} : { onRefusing }),
  });
}

// Fulfilled when the snapshot thread has stored all it was sent, and ended.
function startSnapshots(options: VenueThreadsOptions, memory: VenueMemory, channel: MessageChannel): Promise<void> {
  const { storage, onSnapshot } = options;
  const newestCount = options.snapshots?.newestCount ?? 3;
  const workerData: SnapshotThreadTask = { memory, storage, port: channel.port2, newestCount };
  const thread = new Worker(worker('../snapshot-thread/snapshot-worker.ts'), {
    workerData,
    transferList: [channel.port2],
    name: 'snapshots',
  });
  thread.on('message', (message: SnapshotThreadMessage) => onSnapshot?.(message));
  thread.on('error', (error) => onSnapshot?.({ kind: 'failed', seq: 0, reason: error.message }));
  return new Promise((resolve) => {
    thread.on('exit', () => resolve());
  });
}

async function linkCore({ isLinked = true, onUnlinked }: VenueThreadsOptions): Promise<string | null> {
  if (!isLinked) return null;
  try {
    return await linkModules(worker('../core-thread/run-core-thread.ts'));
  } catch (error) {
    onUnlinked?.(describeError(error).message);
    return null;
  }
}

function startCore(
  options: VenueThreadsOptions,
  memory: VenueMemory,
  channel: MessageChannel,
  clock: ClockSettings,
  lastSeq: number,
  linked: string | null,
) {
  const { storage, genesis } = options;
  const { everyCommands, everyMs } = options.snapshots ?? {};
  const snapshotPace = { everyCommands, everyMs };
  const workerData: CoreThreadTask = { memory, storage, snapshotPort: channel.port1, snapshotPace, genesis, clock, lastSeq, linked };
  const thread = new Worker(worker('../core-thread/core-worker.ts'), { workerData, transferList: [channel.port1], name: 'core' });
  const started = Promise.withResolvers<CoreThreadStart>();
  const ended = Promise.withResolvers<CoreThreadEnd>();
  let end: CoreThreadEnd | undefined;
  thread.on('message', (message: CoreThreadMessage) => {
    if (message.kind === 'progress') options.onReplayProgress?.(message.progress);
    else if (message.kind === 'started') started.resolve(message.start);
    else end = message.end;
  });
  thread.on('error', (error) => {
    end ??= { kind: 'halted', error: describeError(error) };
  });
  thread.on('exit', (code) => {
    end ??= { kind: 'halted', error: describeError(`the core thread ended by itself, with code ${code}`) };
    if (end.kind !== 'stopped') new CoreControl(memory.coreControl).setStatus('halted');
    for (const link of memory.links) new Doorbell(link.bell).ring();
    ended.resolve(end);
  });
  return { started: started.promise, ended: ended.promise };
}

// The core ends first; what it gave is made durable and its last copy stored before the others go.
async function endAll(coreEnded: Promise<CoreThreadEnd>, snapshots: Promise<void>, journal: JournalThread): Promise<VenueEnd> {
  const core = await coreEnded;
  const [journalEnd] = await Promise.all([journal.stop(), snapshots]);
  return { core, journal: journalEnd };
}
