/** A process of its own that links the module whose URL it is given: the script goes to its standard output. */
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { rolldown } from 'rolldown';
import { writeLineMap } from './line-map.ts';
import { LINK_SEAT } from './link-seat.ts';

const MODULES_URL = /\bimport\.meta\.url\b/;
/** Of this project; what stands in `node_modules` or in Node stays where it is. */
const OURS = /^(?:[./]|@mochila\/)/;

const entry = process.argv[2];
if (entry === undefined) throw new Error('the module to link is named by its URL');
try {
  process.stdout.write(await link(new URL(entry)));
} catch (error) {
  // Who asked reads it: the reason alone, not where in the linker.
  process.stderr.write(stripVTControlCharacters(error instanceof Error ? error.message : String(error)));
  process.exitCode = 1;
}

async function link(entry: URL): Promise<string> {
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
      sourcemap: 'hidden',
      sourcemapPathTransform: (path, mapFile) => pathToFileURL(resolve(dirname(mapFile), path)).href,
    });
    const [{ code, map }] = output;
    if (map === null) throw new Error('the linker did not say which line comes from where');
    return `${code}\nexports;\n${writeLineMap(map)}\n`;
  } finally {
    await bundle.close();
  }
}

function placed(text: string, id: string): { code: string; map: null } {
  return { code: text.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href)), map: null };
}
