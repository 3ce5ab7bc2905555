export { type FaultyFileSystem, faultyFileSystem } from './faulty-file-system.ts';
