/** `GET|POST /api/v1/debtNotes`. */
import { commands, type DebtNoteAnswer } from '@mochila/protocol';
import { z } from 'zod';
import { ApiError } from '../../errors/api-error.ts';
import { DebtNoteRepayPayload } from '../../schemas/account-requests.ts';
import { DebtNote } from '../../schemas/backstop-answers.ts';
import { carryOut, headerOf } from '../../venue/carry-out.ts';
import type { VenueDirectory } from '../../venue/directory.ts';
import { readAmount } from '../../venue/read-decimals.ts';
import { writeAmount, writeIso } from '../../venue/write-decimals.ts';
import { defineSignedRoute, NO_BODY, NO_QUERY } from '../route.ts';

/** Lists the account's debt notes. */
export const readDebtNotes = defineSignedRoute({
  route: 'GET /api/v1/debtNotes',
  area: 'Account',
  summary: 'What the fund paid for the account when it had nothing left. While a note stands the account holds, deposits and withdraws.',
  permission: 'read',
  query: NO_QUERY,
  body: NO_BODY,
  answer: z.array(DebtNote),
  handle: async ({ services, caller }) => {
    const notes = await services.engine.ask('debtNotes', { account: caller.account });
    return notes.map((note) => noteAnswer(services.directory, note));
  },
});

/** Repays one. */
export const repayDebtNote = defineSignedRoute({
  route: 'POST /api/v1/debtNotes',
  area: 'Account',
  summary: 'Repays a debt note, whole or in part, to the fund. Nothing else ever does.',
  permission: 'trade',
  query: NO_QUERY,
  body: DebtNoteRepayPayload,
  answer: DebtNote,
  handle: async (context) => {
    const { body, services, caller } = context;
    const notes = await services.engine.ask('debtNotes', { account: caller.account });
    const note = notes.find((one) => one.note === body.id);
    if (note === undefined) throw new ApiError('RESOURCE_NOT_FOUND', `Debt note ${body.id} Not Found`);
    const asset = services.directory.assetAt(note.asset);
    const quantityAtoms = readAmount(asset, 'quantity', body.quantity);
    const fields = { ...commands.repayDebtNote.defaults, ...headerOf(context), note: note.note, quantityAtoms };
    const { result } = await carryOut(context, { command: { name: 'repayDebtNote', fields }, about: { asset } });
    return noteAnswer(services.directory, { ...note, leftAtoms: result[0] ?? 0 });
  },
});

function noteAnswer(directory: VenueDirectory, { note, asset, leftAtoms, writtenAtMicros }: DebtNoteAnswer): DebtNote {
  const { symbol } = directory.assetAt(asset);
  return { id: note, symbol, quantity: writeAmount(directory.assetAt(asset), leftAtoms), createdAt: writeIso(writtenAtMicros) };
}
