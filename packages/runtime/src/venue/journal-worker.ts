/** The journal thread of a venue. */

import { workerData } from 'node:worker_threads';
import { serveJournalThread } from '../journal-thread/serve-journal-thread.ts';
import { loadStorage } from './venue-storage.ts';

const storage = await loadStorage(workerData.settings);
serveJournalThread(() => storage.createJournal(false));
