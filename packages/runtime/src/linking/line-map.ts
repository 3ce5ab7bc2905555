/** Where the lines of a linked script come from: a source map in its last line, as debuggers read it, and the stacks of errors. */
import { SourceMap } from 'node:module';

/** The part of a source map that says where lines come from; the text of the modules is where it always was. */
export type LineMap = { readonly sources: readonly string[]; readonly names: readonly string[]; readonly mappings: string };

/** What a linked script is called in stacks. */
export const SCRIPT_NAME = 'linked';

const COMMENT = '//# sourceMappingURL=data:application/json;base64,';
const PLACE = new RegExp(`\\b${SCRIPT_NAME}:(\\d+):(\\d+)`, 'g');

/** The last line of a script. @param map URLs of modules, and which line of which is where */
export function writeLineMap({ sources, names, mappings }: LineMap): string {
  return COMMENT + Buffer.from(JSON.stringify({ version: 3, file: SCRIPT_NAME, sources, names, mappings })).toString('base64');
}

/**
 * Tells a stack in places of the modules. Slow: for a stack that somebody reads.
 *
 * @param stack of an error thrown in the script
 * @param script with its map
 * @returns the stack; as it is where the script has no map
 */
export function stackInModules(stack: string, script: string): string {
  const at = script.lastIndexOf(COMMENT);
  if (at < 0) return stack;
  const payload: LineMap = JSON.parse(Buffer.from(script.slice(at + COMMENT.length), 'base64').toString('utf8'));
  const map = new SourceMap({ version: 3, file: SCRIPT_NAME, sourceRoot: '', sourcesContent: [], ...mutable(payload) });
  return stack.replace(PLACE, (place, line: string, column: string) => {
    const origin = map.findOrigin(Number(line), Number(column));
    return 'fileName' in origin ? `${origin.fileName}:${origin.lineNumber}:${origin.columnNumber}` : place;
  });
}

function mutable({ sources, names, mappings }: LineMap): { sources: string[]; names: string[]; mappings: string } {
  return { sources: [...sources], names: [...names], mappings };
}
