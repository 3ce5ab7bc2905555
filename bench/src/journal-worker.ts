/** The journal thread of the benchmark, over real files. */
import { JournalFile } from '@mochila/journal-file';
import { serveJournalThread } from '@mochila/runtime';

serveJournalThread(({ directory }: { readonly directory: string }) => new JournalFile({ directory, venueId: 'bench' }));
