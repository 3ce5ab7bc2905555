/** The port a venue listens on: looked at before anything is begun, so that a start in vain leaves no data behind. */
import { createServer } from 'node:net';

/** Where a server listens. */
export type Address = { readonly host: string; readonly port: number };

/** The port cannot be opened; says why and what to do. */
export class PortFault extends Error {
  override readonly name = 'PortFault';
}

/**
 * Opens the port and closes it again. Another program may still take it before the gateway does, which then says the same.
 *
 * @throws (rejects) PortFault when it cannot be opened
 */
export async function requireFreePort(address: Address): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new PortFault(describePort(address, { code: error.code ?? '', reason: error.message }), { cause: error })),
    );
    server.listen(address.port, address.host, resolve);
  });
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

/** Why a port was not opened, and what to do. */
export function describePort({ host, port }: Address, { code, reason }: { readonly code: string; readonly reason: string }): string {
  if (code === 'EADDRINUSE')
    return `port ${port} of ${host} is in use by another program: choose another with --port or PORT, such as PORT=${port + 1}`;
  if (code === 'EACCES') return `this user may not open port ${port}: choose one above 1023 with --port or PORT`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `--host ${host} is no address of this machine`;
  return `port ${port} of ${host} cannot be opened: ${reason}`;
}
