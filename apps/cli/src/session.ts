/** What every command works with: the venue, the key, and where to write. */
import { type Client, createClient, LOCAL_URL } from '@mochila/sdk';
import type { Command } from 'commander';
import { findKey, keyFilePath } from './keys/key-file.ts';
import { createPaint, type Paint } from './output/paint.ts';

/** One run of the CLI. */
export type Session = {
  readonly url: string;
  readonly isJson: boolean;
  readonly paint: Paint;
  readonly keyFile: string;
  /** A client without a key, for what is public. */
  readonly open: () => Client;
  /** A client that signs. @throws CliFault when there is no key */
  readonly sign: () => Client;
  /** Writes the answer: as JSON for scripts, in words for people. */
  readonly write: (json: unknown, words: () => string) => void;
};

/** Makes the session of a command from its flags and the environment. */
export function sessionOf(command: Command): Session {
  const flags: Record<string, unknown> = command.optsWithGlobals();
  const { env } = process;
  const url = textFlag(flags, 'url') ?? (env['MOCHILA_URL'] || LOCAL_URL);
  const keyName = textFlag(flags, 'key');
  const isJson = flags['json'] === true;
  const keyFile = keyFilePath(env);
  const fromEnvironment = keyName === undefined ? env['MOCHILA_KEY'] : undefined;
  return {
    url,
    isJson,
    keyFile,
    paint: createPaint({ isTerminal: process.stdout.isTTY === true, environment: env }),
    open: () => createClient({ url }),
    sign: () => createClient({ url, secret: fromEnvironment || findKey(keyFile, keyName).secret }),
    write: (json, words) => {
      process.stdout.write(`${isJson ? JSON.stringify(json, null, 2) : words()}\n`);
    },
  };
}

/** A flag that is a text, if it was given. */
export function textFlag(flags: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = flags[name];
  return typeof value === 'string' ? value : undefined;
}
