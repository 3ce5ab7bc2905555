/** The modules of a program linked and run in this thread: for programs that run the engine without a venue's threads. */
import { tuneCompiler } from '../core-thread/tune-compiler.ts';
import { linkModules } from './link-modules.ts';
import { runLinked } from './run-linked.ts';

/**
 * As `import(entry)`, from one script, compiled as the engine is in a venue. Once in a thread.
 *
 * @param onUnlinked - told why the modules could not be linked; they are imported one by one then, the same and slower.
 */
export async function importLinked<Exports>(entry: URL, onUnlinked: (reason: string) => void): Promise<Exports> {
  tuneCompiler();
  let script: string;
  try {
    script = await linkModules(entry);
  } catch (error) {
    onUnlinked(error instanceof Error ? error.message : String(error));
    return import(entry.href);
  }
  return runLinked(script, entry.href);
}
