/** Keeps a second process out of a directory, and lets a new one in after a crash. */

import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { JournalLocked } from '@mochila/ports';
import { hasCode } from './whole-io.ts';

/** Name of the lock in the journal's directory. */
export const LOCK_NAME = 'journal.lock';

/** Who holds a lock, as written into it. */
interface LockHolder {
  readonly pid: number;
  /** Distinguishes the process from a later one with the same pid; empty where the system does not say. */
  readonly startedAt: string;
}

/**
 * Takes the lock.
 * @param path the lock file
 * @returns a function that lets go of it
 * @throws JournalLocked naming the process that holds it
 */
export function takeLock(path: string): () => void {
  const token = `${process.pid} ${readStart(process.pid)} ${randomBytes(8).toString('hex')}\n`;
  for (let attempt = 0; attempt < 5; attempt++) {
    if (tryCreate(path, token)) return () => releaseLock(path, token);
    const text = readText(path);
    if (text === undefined) continue;
    const holder = parseHolder(text);
    if (holder !== undefined && isAlive(holder)) throw new JournalLocked(path, holder.pid);
    removeStale(path, text);
  }
  throw new JournalLocked(path, parseHolder(readText(path) ?? '')?.pid ?? 0);
}

// The text is written before the name appears, so nobody ever reads half a lock.
function tryCreate(path: string, token: string): boolean {
  const temporary = `${path}.${randomBytes(6).toString('hex')}`;
  fs.writeFileSync(temporary, token, { mode: 0o600, flag: 'wx' });
  try {
    fs.linkSync(temporary, path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    fs.rmSync(temporary);
  }
}

// Two processes may find the same dead lock: only what was read is taken away, and a fresh lock is put back.
function removeStale(path: string, text: string): void {
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    fs.renameSync(path, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  if (readText(aside) !== text) fs.linkSync(aside, path);
  fs.rmSync(aside);
}

function releaseLock(path: string, token: string): void {
  if (readText(path) === token) fs.rmSync(path);
}

function readText(path: string): string | undefined {
  try {
    return fs.readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function parseHolder(text: string): LockHolder | undefined {
  const match = /^(\d+) (\S*) [0-9a-f]+\n$/.exec(text);
  return match?.[1] === undefined ? undefined : { pid: Number(match[1]), startedAt: match[2] ?? '' };
}

function isAlive(holder: LockHolder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    if (!hasCode(error, 'EPERM')) return false;
  }
  const startedAt = readStart(holder.pid);
  return startedAt === '' || holder.startedAt === '' || startedAt === holder.startedAt;
}

/** Names the start of a process: the boot and the clock ticks since then; empty where there is no /proc, `dead` for a zombie. */
function readStart(pid: number): string {
  const stat = readText(`/proc/${pid}/stat`);
  const boot = readText('/proc/sys/kernel/random/boot_id');
  if (stat === undefined || boot === undefined) return '';
  // The command name, in parentheses, may hold spaces; the state follows it, and the start time is the 20th field from there.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return 'dead';
  return `${boot.trim()}:${fields[19] ?? ''}`;
}
