import { describe, expect, it } from 'vitest';
import { HELP, isLoopback, OptionFault, readOptions } from './options.ts';

const DEFAULTS = {
  host: '127.0.0.1',
  port: 7400,
  dataDirectory: '.mochila',
  speed: 1,
  prices: 'simulated',
  replayFiles: [],
  seed: null,
  isSandbox: true,
  isPublicSandbox: false,
  configurationFile: null,
  hasMakers: true,
  logLevel: 'warn',
  historyUrl: null,
  isHelpWanted: false,
};

describe('options', () => {
  it('have defaults', () => {
    expect(readOptions([], {})).toEqual(DEFAULTS);
  });

  it.each([
    ['--port', ['--port', '0'], { port: 0 }],
    ['--port=', ['--port=65535'], { port: 65_535 }],
    ['--host', ['--host', '::1'], { host: '::1' }],
    ['--data', ['--data', 'elsewhere'], { dataDirectory: 'elsewhere' }],
    ['--speed', ['--speed', '0.5'], { speed: 0.5 }],
    ['--prices', ['--prices', 'live'], { prices: 'live' }],
    ['--seed', ['--seed', '4294967295'], { seed: 4_294_967_295 }],
    ['--closed', ['--closed'], { isSandbox: false }],
    ['--public-sandbox', ['--public-sandbox', '--host', '0.0.0.0'], { isPublicSandbox: true, host: '0.0.0.0' }],
    ['--config', ['--config', 'mine.json'], { configurationFile: 'mine.json' }],
    ['--no-makers', ['--no-makers'], { hasMakers: false }],
    ['--history', ['--history', 'postgresql://ana@db/m'], { historyUrl: 'postgresql://ana@db/m' }],
    ['--log-level', ['--log-level', 'debug'], { logLevel: 'debug' }],
    ['--help', ['--help'], { isHelpWanted: true }],
  ])('%s is read', (_flag, args, expected) => {
    expect(readOptions(args, {})).toEqual({ ...DEFAULTS, ...expected });
  });

  it('name the files of a recording, each as its own source', () => {
    const { replayFiles } = readOptions(['--prices', 'replay', '--prices-file', 'a.csv=okx:BTC', '--prices-file', 'b.csv.gz'], {});
    expect(replayFiles.map(({ path, source, asset }) => [path, source, asset])).toEqual([
      ['a.csv', 'okx', 'BTC'],
      ['b.csv.gz', 'replay', null],
    ]);
  });

  it('come from the environment where no flag says otherwise, and a variable set to nothing says nothing', () => {
    const environment = { PORT: '8000', MOCHILA_DATA_DIR: '/data', MOCHILA_CONFIG: 'c.json', MOCHILA_HISTORY_URL: 'postgres://h/d' };
    expect(readOptions([], environment)).toEqual({
      ...DEFAULTS,
      port: 8000,
      dataDirectory: '/data',
      configurationFile: 'c.json',
      historyUrl: 'postgres://h/d',
    });
    expect(readOptions(['--port', '1', '--data', 'd'], environment)).toMatchObject({ port: 1, dataDirectory: 'd' });
    expect(readOptions([], { PORT: '', MOCHILA_DATA_DIR: '', MOCHILA_CONFIG: '', MOCHILA_HISTORY_URL: '' })).toEqual(DEFAULTS);
  });

  it.each([
    [['--port', '65536'], '--port is a whole number from 0 to 65535, not "65536"'],
    [['--port', '1.5'], '--port is a whole number from 0 to 65535, not "1.5"'],
    [['--port', 'http'], '--port is a whole number from 0 to 65535, not "http"'],
    [['--port='], '--port is a whole number from 0 to 65535, not ""'],
    [['--speed', '0'], '--speed is a number from 0.01 to 3600, not "0"'],
    [['--speed', '3601'], '--speed is a number from 0.01 to 3600, not "3601"'],
    [['--speed', 'NaN'], '--speed is a number from 0.01 to 3600, not "NaN"'],
    [['--prices', 'guessed'], '--prices is one of simulated, live, replay, not "guessed"'],
    [['--prices', 'replay'], '--prices replay needs a recording: add --prices-file FILE'],
    [['--prices-file', 'day.csv'], '--prices-file is for --prices replay'],
    [['--prices', 'replay', '--prices-file', 'day.csv=a:btc'], '--prices-file "btc" of "day.csv=a:btc" maps no symbol'],
    [['--seed', '-1'], '--seed is a whole number from 0 to 4294967295, not "-1"'],
    [['--speed', '-.5'], '--speed is a number from 0.01 to 3600, not "-.5"'],
    [['--seed=-1'], '--seed is a whole number from 0 to 4294967295, not "-1"'],
    [['--log-level', 'loud'], '--log-level is one of trace, debug, info, warn, error, fatal, silent, not "loud"'],
    [['--data='], '--data is a directory, not ""'],
    [['--colour'], "Unknown option '--colour'"],
    [['run'], "Unexpected argument 'run'"],
    [['--port'], "Option '--port <value>' argument missing"],
    [['--closed=no'], "Option '--closed' does not take an argument"],
  ])('%j is refused in words', (args, message) => {
    expect(() => readOptions(args, {})).toThrow(OptionFault);
    expect(() => readOptions(args, {})).toThrow(message);
  });

  it('name the variable when it is what cannot be used', () => {
    expect(() => readOptions([], { PORT: 'x' })).toThrow('PORT is a whole number from 0 to 65535, not "x"');
  });

  it('never repeat a connection string, which may hold a password', () => {
    expect(() => readOptions(['--history', 'mysql://ana:secret@db/m'], {})).toThrow(
      /^--history is the address of a PostgreSQL database, such as postgres:\/\/user@127.0.0.1\/mochila$/,
    );
  });

  it('refuse a sandbox beyond this machine unless it is meant', () => {
    for (const host of ['0.0.0.0', '::', '192.168.0.7', 'example.org', '127.evil.org']) {
      expect(() => readOptions(['--host', host], {})).toThrow('add --public-sandbox or --closed');
      expect(readOptions(['--host', host, '--closed'], {}).isSandbox).toBe(false);
    }
    for (const host of ['127.0.0.1', '127.1.2.3', 'localhost', '::1']) expect(readOptions(['--host', host], {}).host).toBe(host);
  });

  it('are all in the help', () => {
    for (const flag of [
      'port',
      'host',
      'data',
      'speed',
      'prices',
      'prices-file',
      'seed',
      'closed',
      'public-sandbox',
      'config',
      'no-makers',
      'history',
      'log-level',
    ]) {
      expect(HELP).toContain(`--${flag} `);
    }
  });
});

describe('loopback', () => {
  it('is only what never leaves the machine', () => {
    expect(['127.0.0.1', 'localhost', '::1'].every(isLoopback)).toBe(true);
    expect(['', '0.0.0.0', '1.127.0.0.1', '127.0.0.1.example.org', 'localhost.example.org'].some(isLoopback)).toBe(false);
  });
});
