/**
 * Links modules into one script in memory, at start: nothing is written, nothing is left out, nothing is rewritten but names.
 *
 * V8 takes what is declared at the top of a classic script, once it is assigned and never again, for a constant of the code it
 * compiles: a function called there is known, not looked up. Between modules every call asks anew which function an import names
 * and every constant is loaded; the engine is many small functions in many files (docs/adr/0028).
 */
import { fileURLToPath, pathToFileURL } from 'node:url';

const MODULES_URL = /\bimport\.meta\.url\b/;
/** Of this project; what stands in `node_modules` or in Node stays where it is. */
const OURS = /^(?:[./]|@mochila\/)/;

/** Where a linked script finds what it needs: a name on the global object while it begins. */
export const LINK_SEAT = '__mochilaLink';

/**
 * Links a module and all of this project that it imports.
 *
 * @param entry - of a module without `await` at its top.
 * @returns the text of a script in strict mode that gives what the entry exports.
 * @throws Error when there is no linker for this platform, or a module cannot be linked
 */
export async function linkModules(entry: URL): Promise<string> {
  const { rolldown } = await import('rolldown');
  const bundle = await rolldown({
    input: fileURLToPath(entry),
    platform: 'node',
    external: (id) => !OURS.test(id),
    treeshake: false,
    optimization: { inlineConst: false },
    // A module that asks for its own place still gets it.
    plugins: [{ name: 'place', transform: { filter: { code: MODULES_URL }, handler: placed } }],
  });
  try {
    const { output } = await bundle.generate({
      format: 'cjs',
      exports: 'named',
      codeSplitting: false,
      banner: `'use strict'; const { require, exports } = globalThis[${JSON.stringify(LINK_SEAT)}];`,
      minify: false,
    });
    return `${output[0].code}\nexports;\n`;
  } finally {
    await bundle.close();
  }
}

function placed(text: string, id: string): { code: string; map: null } {
  return { code: text.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href)), map: null };
}
