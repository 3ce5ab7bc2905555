/** One logger for all threads: JSON lines to standard error, without keys and signatures. */
import pino, { type DestinationStream, type Logger } from 'pino';

const STANDARD_ERROR = 2;
const SECRETS = ['x-api-key', 'x-signature', 'authorization', 'cookie'];

/** Levels of `--log-level`, the most talkative first. */
export const LOG_LEVELS: readonly string[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/**
 * Makes a logger. Standard output stays free for what a person reads.
 *
 * @param name part of the venue that speaks
 * @param level one of `LOG_LEVELS`: `debug` shows every request, `info` what changes, `warn` what may need somebody
 * @param destination where lines go; standard error unless told
 */
export function createVenueLogger(name: string, level: string, destination: DestinationStream = pino.destination(STANDARD_ERROR)): Logger {
  const paths = SECRETS.flatMap((header) => [`["${header}"]`, `headers["${header}"]`, `req.headers["${header}"]`]);
  return pino(
    {
      level,
      base: { name },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths, censor: '[hidden]' },
    },
    destination,
  );
}
