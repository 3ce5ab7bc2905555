/** Reads what clients send, or says what is wrong with it. */
import { ApiError } from '../errors/api-error.ts';
import { apiErrorOfZod } from '../errors/error-of-issues.ts';
import { parseJson } from '../http/parse-json.ts';
import { ClientFrame, STREAM_ERROR_CODES, type StreamErrorFrame } from '../schemas/stream-frames.ts';

/** Id of a frame; null without one. */
export type FrameId = string | number | null;

const ID_LENGTH_MAX = 64;

/**
 * Reads a frame.
 *
 * @param text the frame
 * @returns the frame, or the error to answer
 */
export function readClientFrame(text: string): ClientFrame | StreamErrorFrame {
  const json = parseJson(text);
  if (json instanceof ApiError) return streamError(null, STREAM_ERROR_CODES.parse, json.message.replace('Invalid body', 'Parse error'));
  const parsed = ClientFrame.safeParse(json.value, { reportInput: true });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const message = apiErrorOfZod(parsed.error, 'frame').message;
  return streamError(idOf(json.value), codeOf(issue?.path ?? []), message);
}

/** Words an error frame. */
export function streamError(id: FrameId, code: number, message: string): StreamErrorFrame {
  return { id, error: { code, message } };
}

function codeOf(path: readonly PropertyKey[]): number {
  if (path[0] === 'signature') return STREAM_ERROR_CODES.invalidSignature;
  return path[0] === 'params' && path.length > 1 ? STREAM_ERROR_CODES.invalidStream : STREAM_ERROR_CODES.parse;
}

function idOf(value: unknown): FrameId {
  if (typeof value !== 'object' || value === null || !('id' in value)) return null;
  const { id } = value;
  if (typeof id === 'number' && Number.isSafeInteger(id)) return id;
  return typeof id === 'string' && id.length <= ID_LENGTH_MAX ? id : null;
}
