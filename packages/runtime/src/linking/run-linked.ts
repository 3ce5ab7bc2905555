/** Runs a script made by `linkModules` at the top of this thread. */
import { createRequire } from 'node:module';
import { constants, Script } from 'node:vm';
import { SCRIPT_NAME } from './line-map.ts';
import { LINK_SEAT } from './link-seat.ts';

const importModuleDynamically = constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;

/**
 * Runs it, once in a thread: what it declares stays at the top of it. In stacks of errors it is called `linked`, and `line-map.ts`
 * tells where in the modules that is.
 *
 * @param from - URL of a module beside which the packages are found that the script requires.
 * @returns what its entry exports; the caller knows the types
 */
export function runLinked<Exports>(script: string, from: string): Exports {
  const seat = { require: createRequire(from), exports: {} };
  Object.defineProperty(globalThis, LINK_SEAT, { value: seat, configurable: true });
  try {
    return new Script(script, { filename: SCRIPT_NAME, importModuleDynamically }).runInThisContext();
  } finally {
    Reflect.deleteProperty(globalThis, LINK_SEAT);
  }
}
