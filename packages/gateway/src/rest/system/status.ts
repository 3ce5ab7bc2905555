/** `GET /api/v1/status`. */
import { StatusAndMessage } from '../../schemas/system-answers.ts';
import { definePublicRoute, NO_BODY, NO_QUERY } from '../route.ts';

const SANDBOX = 'Sandbox: the money is for tests, and the first signed request of a key makes an account.';
const REMARKS = {
  starting: 'The venue is starting.',
  refusing: 'The venue takes no commands now: it cannot make them durable.',
  halted: 'The venue is halted until an operator looks at it.',
  stopped: 'The venue is stopping.',
} as const;

/** Tells whether the venue works, and whether it is a sandbox. */
export const status = definePublicRoute({
  route: 'GET /api/v1/status',
  area: 'System',
  summary: 'Whether the venue works.',
  query: NO_QUERY,
  body: NO_BODY,
  answer: StatusAndMessage,
  handle: ({ services }) => {
    const writer = services.engine.status();
    const remarks = [writer === 'running' ? null : REMARKS[writer], services.directory.genesis.sandbox ? SANDBOX : null];
    const message = remarks.filter((remark) => remark !== null).join(' ');
    return { status: writer === 'running' ? ('Ok' as const) : ('Maintenance' as const), message: message === '' ? null : message };
  },
});
