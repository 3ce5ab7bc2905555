/** How V8 is asked to compile the engine. */
import { setFlagsFromString } from 'node:v8';

/**
 * The engine is many small functions over flat arrays. V8 stops inlining after 920 bytes of bytecode, and every call that is
 * left boxes its doubles and looks at the same arrays anew. With room for 4,000 bytes an order costs a fifth less, for 8,000
 * once its modules are linked (docs/adr/0028) three hundredths less again (AMD EPYC, Node 24.21, 2026-11-22).
 */
const FLAGS = [
  '--max-inlined-bytecode-size=1000',
  '--max-inlined-bytecode-size-cumulative=8000',
  '--max-inlined-bytecode-size-absolute=20000',
  '--min-inlining-frequency=0.05',
];

/** Asks for it, in the whole process, for what is compiled from now on; results are the same with and without. */
export function tuneCompiler(): void {
  for (const flag of FLAGS) setFlagsFromString(flag);
}
