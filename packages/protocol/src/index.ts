/** The contract of the venue: commands, events, rejects, queries, their binary form, and what clients sign. */
export * from './enums.ts';
export * from './codec/record.ts';
export * from './commands.ts';
export * from './events.ts';
export * from './genesis.ts';
export * from './outcome.ts';
export * from './queries.ts';
export * from './reject.ts';
export * from './signing/index.ts';
