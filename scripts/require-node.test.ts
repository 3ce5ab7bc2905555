import { spawnSync } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';

const check = pathToFileURL(fileURLToPath(new URL('./require-node.mjs', import.meta.url))).href;

/** Runs the check in a Node that claims to be another version. */
function runAs(version: string): { code: number | null; stdout: string; stderr: string } {
  const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`;
  const program = `${pretend} await import('${check}'); console.log('reached');`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  return { code: status, stdout, stderr };
}

describe('the check of the version of Node', () => {
  it.each(['22.18.0', '23.6.0', '24.0.0', '26.1.0'])('lets %s pass', (version) => {
    expect(runAs(version)).toMatchObject({ code: 0, stdout: 'reached\n' });
  });

  it.each(['18.20.0', '20.20.2', '22.17.1'])('stops %s with a word on what to do', (version) => {
    const { code, stdout, stderr } = runAs(version);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(`this is Node ${version}`);
    expect(stderr).toContain('npm ci');
  });
});
