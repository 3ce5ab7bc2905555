const decoder = new TextDecoder();

/**
 * Reads UTF-8; what is none becomes the replacement character.
 *
 * @example textOfBytes(new Uint8Array([104, 105])) // 'hi'
 */
export function textOfBytes(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}
