/** Reads JSON bodies with bounds that keep hostile ones cheap. */
import { ApiError } from '../errors/api-error.ts';

/** The deepest nesting that a body may have; the interface needs three levels. */
export const JSON_DEPTH_MAX = 16;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Parses a body.
 *
 * @param text the body
 * @returns the value, or INVALID_CLIENT_REQUEST
 */
export function parseJson(text: string): { readonly value: unknown } | ApiError {
  if (nestingOf(text) > JSON_DEPTH_MAX) {
    return new ApiError('INVALID_CLIENT_REQUEST', `Invalid body: it is nested deeper than ${JSON_DEPTH_MAX} levels`);
  }
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : 'unreadable';
    return new ApiError('INVALID_CLIENT_REQUEST', `Invalid body: it must be JSON: ${reason.replaceAll('\n', ' ')}`);
  }
}

/** Counts how deep brackets nest outside strings; stops looking once it is too deep. */
function nestingOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let isInString = false;
  for (let index = 0; index < text.length && deepest <= JSON_DEPTH_MAX; index += 1) {
    const code = text.charCodeAt(index);
    if (isInString) {
      if (code === BACKSLASH) index += 1;
      else if (code === QUOTE) isInString = false;
      continue;
    }
    if (code === QUOTE) isInString = true;
    else if (code === 0x7b || code === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return deepest;
}
