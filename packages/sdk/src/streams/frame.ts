/** Frames of the stream interface, read from text. */

/** What came from the venue. */
export type ServerFrame =
  | { readonly kind: 'event'; readonly stream: string; readonly data: object; readonly seq: number | null }
  | { readonly kind: 'answer'; readonly id: number; readonly error: FrameError | null }
  | { readonly kind: 'refusal'; readonly error: FrameError }
  | { readonly kind: 'unknown' };

/** Why a frame was refused. */
export type FrameError = { readonly code: number; readonly message: string };

/**
 * Reads a frame.
 *
 * @param text one text frame
 * @returns what it is; `unknown` for what this version does not know
 */
export function readFrame(text: string): ServerFrame {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null) return { kind: 'unknown' };
  if ('stream' in value && typeof value.stream === 'string' && 'data' in value && typeof value.data === 'object' && value.data !== null) {
    const { stream, data } = value;
    // What a subscription begins with has no kind of event: it repeats a state and counts nothing.
    const isCounted = 'e' in data && 'seq' in data && typeof data.seq === 'number';
    return { kind: 'event', stream, data, seq: isCounted && typeof data.seq === 'number' ? data.seq : null };
  }
  const error = 'error' in value ? readError(value.error) : null;
  if ('id' in value && typeof value.id === 'number') return { kind: 'answer', id: value.id, error };
  return error === null ? { kind: 'unknown' } : { kind: 'refusal', error };
}

function readError(error: unknown): FrameError | null {
  if (typeof error !== 'object' || error === null) return null;
  const code = 'code' in error && typeof error.code === 'number' ? error.code : 0;
  return { code, message: 'message' in error ? String(error.message) : 'refused without a word' };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
