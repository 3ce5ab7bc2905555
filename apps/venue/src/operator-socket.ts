/**
 * The operator's way in: a socket in the data directory, which only the owner of the directory can open.
 *
 * One JSON object a line each way. `{"operator":"ana","command":"setBookState","fields":{...}}` is answered by
 * `{"ok":true,"seq":8122,"result":[..]}` or `{"ok":false,"code":"..","message":".."}`. Every act becomes a command in the
 * journal with the operator's name.
 */
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { type EngineLink, LinkFault } from '@mochila/ports';
import { describeReject, type Genesis, type Reject, rejectInfo } from '@mochila/protocol';
import {
  explainParameters,
  OperatorFault,
  type OperatorRequest,
  operatorCommand,
  readOperatorRequest,
} from './operator/operator-command.ts';

/** A socket that is served. */
export type OperatorSocket = {
  /** Ends it and removes its file. */
  close(): Promise<void>;
};

/** What is answered. */
export type OperatorAnswer =
  | { readonly ok: true; readonly seq?: number; readonly result: unknown }
  | { readonly ok: false; readonly code: string; readonly message: string };

const NO_ENVELOPE = new Uint8Array(0);
const OWNER_ONLY = 0o600;
const CONNECTIONS_MAX = 8;
const LINE_CHARS_MAX = 1_000_000;
const IDLE_MS = 30_000;

/**
 * Serves the operator.
 *
 * @param path from `operatorAddress`; what a venue that was killed left there is replaced
 * @param link the engine
 * @param genesis names of what is listed
 * @throws Error when the socket cannot be made
 */
export async function serveOperatorSocket(path: string, link: EngineLink, genesis: Genesis): Promise<OperatorSocket> {
  const isFile = !path.startsWith('\\\\');
  // The lock of the journal has made sure that no other venue serves this directory.
  if (isFile) rmSync(path, { force: true });
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serveConnection(socket, link, genesis);
  });
  server.maxConnections = CONNECTIONS_MAX;
  await listen(server, path, isFile);
  return {
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Answers one request. Exported for tests: the socket adds nothing but lines. */
export async function answerOperator(line: string, link: EngineLink, genesis: Genesis): Promise<OperatorAnswer> {
  try {
    const request = readOperatorRequest(line);
    if (request.command === 'status') return { ok: true, result: await askStatus(link, request.fields['withHash'] === true) };
    if (request.command === 'audit') return { ok: true, result: await link.ask('audit', {}) };
    const { seq, reject, result } = await link.submit(operatorCommand(request, genesis), NO_ENVELOPE);
    if (reject !== null) return { ok: false, code: rejectInfo(reject.code).api, message: wordsOf(reject, request, genesis) };
    return { ok: true, seq, result: [...result] };
  } catch (error) {
    if (error instanceof OperatorFault) return { ok: false, code: 'INVALID_CLIENT_REQUEST', message: error.message };
    if (error instanceof LinkFault) return { ok: false, code: 'MAINTENANCE', message: `The engine does not answer: ${error.message}` };
    throw error;
  }
}

function wordsOf(reject: Reject, request: OperatorRequest, genesis: Genesis): string {
  const words = describeReject(reject);
  return request.command === 'updateParameters' ? `${words}: ${explainParameters(request, genesis)}` : words;
}

/** The hash takes time in proportion to the state: without being asked for it is left out. */
async function askStatus(link: EngineLink, withHash: boolean): Promise<object> {
  const { stateHash, ...status } = await link.ask('status', { withHash });
  return withHash ? { ...status, stateHash } : status;
}

function serveConnection(socket: Socket, link: EngineLink, genesis: Genesis): void {
  socket.setTimeout(IDLE_MS, () => socket.destroy());
  // A tool that went away is no concern of the venue.
  socket.on('error', () => socket.destroy());
  let waiting = 0;
  socket.on('data', (chunk) => {
    const lastBreak = chunk.lastIndexOf('\n');
    waiting = lastBreak < 0 ? waiting + chunk.length : chunk.length - lastBreak;
    if (waiting > LINE_CHARS_MAX) socket.destroy();
  });
  const lines = createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY });
  lines.on('line', (line) => {
    answerOperator(line, link, genesis).then(
      (answer) => socket.writable && socket.write(`${JSON.stringify(answer)}\n`),
      (error: unknown) => {
        const message = `the venue failed to answer: ${error instanceof Error ? error.message : String(error)}`;
        if (socket.writable) socket.end(`${JSON.stringify({ ok: false, code: 'SERVER_ERROR', message })}\n`);
      },
    );
  });
}

/** The file is never open to others, not even between being made and being closed to them. */
function listen(server: Server, path: string, isFile: boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    const mask = process.umask(0o177);
    try {
      server.listen(path, () => {
        if (isFile) chmodSync(path, OWNER_ONLY);
        server.off('error', reject);
        resolve();
      });
    } finally {
      process.umask(mask);
    }
  });
}
