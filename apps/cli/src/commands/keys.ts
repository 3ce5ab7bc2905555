/** `mochila keys`. */
import { type ApiKey, createKey, createKeyPair, type KeyPermission, listKeys, revokeKey } from '@mochila/sdk';
import { type Command, InvalidArgumentError } from 'commander';
import { CliFault } from '../cli-fault.ts';
import { chooseKey, keepKey, keyNamed, readKeyFile } from '../keys/key-file.ts';
import { type Column, writeTable } from '../output/table.ts';
import { wholeNumber } from '../read-words.ts';
import { type Session, sessionOf } from '../session.ts';
import { addOperatorFlags, askOperator } from './operator.ts';

const NAME = /^[A-Za-z0-9._-]{1,64}$/;
/** Base64 of 32 bytes. */
const PUBLIC_KEY = /^[A-Za-z0-9+/]{43}=$/;
const PERMISSIONS: readonly KeyPermission[] = ['read', 'trade', 'withdraw'];
const SUBACCOUNTS_MAX = 65_535;

const HELP = `
Secrets stay on this machine, in a file that only you can read; MOCHILA_KEY with a secret goes before it.

Examples:
  mochila keys new
  mochila keys new --name bot
  mochila keys create --name bot --permissions read,trade
  mochila keys list
  mochila keys create-user --name first --data .mochila     on a closed venue of this machine`;

/** Adds the commands. */
export function addKeys(program: Command): void {
  const keys = program.command('keys').description('make, list, add and revoke keys').addHelpText('after', HELP);
  keys
    .command('new')
    .description('make a key pair and keep it on this machine; a sandbox gives it an account at its first request')
    .option('--name <name>', 'what you call it', readName, 'default')
    .action((flags: { name: string }, command: Command) => {
      const session = sessionOf(command);
      const publicKey = makeKey(session, flags.name);
      session.write(
        { name: flags.name, publicKey },
        () => `made the key "${flags.name}"\n${publicKey}\nits secret is in ${session.keyFile}`,
      );
    });
  keys
    .command('use')
    .description('choose the key that is used when none is named')
    .argument('<name>', 'name of a key of this machine', readName)
    .action((name: string, _flags: object, command: Command) => {
      const { keyFile, write } = sessionOf(command);
      chooseKey(keyFile, name);
      write({ chosen: name }, () => `"${name}" is used from now on`);
    });
  keys
    .command('list')
    .description('list the keys of this machine, or with --venue those that may act for your account')
    .option('--venue', 'ask the venue')
    .action((flags: { venue?: boolean }, command: Command) => (flags.venue === true ? showVenueKeys(command) : showOwnKeys(command)));
  addCreate(keys);
  addRevoke(keys);
  addCreateUser(keys);
}

function addCreate(keys: Command): void {
  keys
    .command('create')
    .description('add a key for your account at the venue; a new one is made on this machine unless --public-key is given')
    .option('--name <name>', 'name of a new key of this machine', readName)
    .option('--public-key <base64>', 'public key of somebody else')
    .option('--permissions <list>', 'read, trade, withdraw; joined by commas', readPermissions, ['read'])
    .option('--subaccount <index>', 'for this account of yours', wholeNumber(0, SUBACCOUNTS_MAX))
    .action(async (flags: { name?: string; publicKey?: string; permissions: KeyPermission[]; subaccount?: number }, command: Command) => {
      const session = sessionOf(command);
      if ((flags.name === undefined) === (flags.publicKey === undefined))
        throw new CliFault('Say either --name for a new key, or --public-key.');
      const client = session.sign();
      const pair = flags.name === undefined ? null : createNamed(session, flags.name);
      const publicKey = pair?.publicKey ?? flags.publicKey ?? '';
      const account = flags.subaccount === undefined ? {} : { subaccountId: flags.subaccount };
      const key = await createKey(client, { publicKey, permissions: flags.permissions, ...account });
      if (pair !== null) keepKey(session.keyFile, flags.name ?? '', pair);
      session.write(key, () => `${key.publicKey} may ${key.permissions.join(', ')} for account ${key.subaccountId}`);
    });
}

function addRevoke(keys: Command): void {
  keys
    .command('revoke')
    .description('revoke a key; it is dead at once, everywhere')
    .argument('<key>', 'name of a key of this machine, or a public key')
    .action(async (key: string, _flags: object, command: Command) => {
      const { sign, write, keyFile } = sessionOf(command);
      const publicKey = keyNamed(readKeyFile(keyFile), key)?.publicKey ?? key;
      if (!PUBLIC_KEY.test(publicKey))
        throw new CliFault(
          `"${key}" is neither a key of this machine nor a public key: \`mochila keys list\` and \`keys list --venue\` show them.`,
        );
      await revokeKey(sign(), { publicKey });
      write({ revoked: publicKey }, () => `revoked ${publicKey}`);
    });
}

function addCreateUser(keys: Command): void {
  const command = keys
    .command('create-user')
    .description('make a user with an account and a key on a closed venue that runs on this machine')
    .option('--name <name>', 'name of the new key of this machine', readName, 'default')
    .option('--public-key <base64>', 'key of somebody else, in place of a new one');
  addOperatorFlags(command).action(async (flags: { name: string; publicKey?: string }, self: Command) => {
    const session = sessionOf(self);
    const pair = flags.publicKey === undefined ? createNamed(session, flags.name) : null;
    const publicKey = pair?.publicKey ?? flags.publicKey ?? '';
    const { result } = await askOperator(self, 'registerUser', { publicKey });
    // Only a key that the venue has taken is kept.
    if (pair !== null) keepKey(session.keyFile, flags.name, pair);
    const [user, account]: readonly unknown[] = Array.isArray(result) ? result : [];
    session.write({ user, account, publicKey }, () => `made user ${user} with account ${account}\n${publicKey}`);
  });
}

function makeKey(session: Session, name: string): string {
  const pair = createNamed(session, name);
  keepKey(session.keyFile, name, pair);
  return pair.publicKey;
}

function createNamed({ keyFile }: Session, name: string) {
  if (keyNamed(readKeyFile(keyFile), name) !== undefined) {
    throw new CliFault(`There is a key "${name}" already, and it is not replaced: take another name with --name.`, 1);
  }
  return createKeyPair();
}

function showOwnKeys(command: Command): void {
  const { keyFile, write, paint } = sessionOf(command);
  const { chosen, keys } = readKeyFile(keyFile);
  const rows = Object.entries(keys).map(([name, { publicKey }]) => ({ name, publicKey, isChosen: name === chosen }));
  const columns: Column<(typeof rows)[number]>[] = [
    { title: 'name', value: ({ name }) => paint.strong(name) },
    { title: 'public key', value: ({ publicKey }) => publicKey },
    { title: '', value: ({ isChosen }) => (isChosen ? 'used' : '') },
  ];
  write(rows, () => writeTable(rows, columns, paint, 'No keys on this machine: `mochila keys new` makes one.'));
}

async function showVenueKeys(command: Command): Promise<void> {
  const { sign, write, paint } = sessionOf(command);
  const keys = await listKeys(sign());
  const columns: Column<ApiKey>[] = [
    { title: 'public key', value: ({ publicKey }) => publicKey },
    { title: 'may', value: ({ permissions }) => permissions.join(', ') },
    { title: 'account', value: ({ subaccountId }) => String(subaccountId), isNumber: true },
  ];
  write(keys, () => writeTable(keys, columns, paint, 'No keys.'));
}

function readName(text: string): string {
  if (NAME.test(text)) return text;
  throw new InvalidArgumentError(`"${text}" must be 1 to 64 letters, digits, dots, dashes or underscores.`);
}

function readPermissions(text: string): KeyPermission[] {
  const words = text.split(',').map((word) => word.trim());
  const found = PERMISSIONS.filter((permission) => words.includes(permission));
  if (found.length === words.length) return found;
  throw new InvalidArgumentError(`"${text}" must be some of ${PERMISSIONS.join(', ')}, joined by commas.`);
}
