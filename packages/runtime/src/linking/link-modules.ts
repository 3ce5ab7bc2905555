/**
 * Links modules into one script in memory, at start: nothing is written, nothing is left out, nothing is rewritten but names.
 *
 * V8 takes what is declared at the top of a classic script, once it is assigned and never again, for a constant of the code it
 * compiles: a function called there is known, not looked up. Between modules every call asks anew which function an import names
 * and every constant is loaded; the engine is many small functions in many files (docs/adr/0028).
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const PROGRAM = fileURLToPath(new URL('./link-process.ts', import.meta.url));
const SCRIPT_BYTES_MAX = 64 * 1024 * 1024;
const run = promisify(execFile);

/**
 * Links a module and all of this project that it imports, in a process that ends with it: a hundred megabytes that a venue need
 * not keep.
 *
 * @param entry - of a module without `await` at its top.
 * @returns the text of a script in strict mode that gives what the entry exports.
 * @throws Error when there is no linker for this platform, or a module cannot be linked
 */
export async function linkModules(entry: URL): Promise<string> {
  try {
    const { stdout } = await run(process.execPath, [PROGRAM, entry.href], { maxBuffer: SCRIPT_BYTES_MAX });
    return stdout;
  } catch (error) {
    throw new Error(`${entry.href} cannot be linked: ${reasonOf(error)}`, { cause: error });
  }
}

/** What the process said, or why it could not run. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'stderr' in error && typeof error.stderr === 'string' && error.stderr !== '' ? error.stderr.trim() : error.message;
}
