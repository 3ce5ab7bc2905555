import type { Finding } from './rule.ts';
import { lineAt, type Source } from './source.ts';

/** One exception that the code asks for, with its reason. */
interface Allowance {
  rule: string;
  line: number;
  /** The lines it covers: its own and, standing alone, the next. */
  covers: readonly number[];
}

const MARK = 'tidy-allow';
const WRITTEN = new RegExp(`^\\s*${MARK}: ([a-z-]+): \\S.{7,}`);

/**
 * Takes away the findings that the file asks an exception for, and adds one for each exception that is badly written or not needed.
 *
 * An exception is a comment `// tidy-allow: <rule>: <reason>`, at the end of the line or alone on the line before. An exception of
 * a rule about the whole file stands anywhere in it.
 */
export function applyAllowances(source: Source, findings: readonly Finding[]): Finding[] {
  const marked = source.comments.filter(({ value }) => value.trim().startsWith(`${MARK}:`));
  const allowances = marked.flatMap((comment) => readAllowance(source, comment.value, comment.start));
  const bad = marked.filter(({ value }) => !WRITTEN.test(value)).map(({ start }) => badAllowance(source, start));
  const isAllowed = (finding: Finding): boolean => allowances.some((allowance) => covers(allowance, finding));
  const needless = allowances.filter((allowance) => !findings.some((finding) => covers(allowance, finding)));
  return [
    ...findings.filter((finding) => !isAllowed(finding)),
    ...bad,
    ...needless.map((allowance) => needlessAllowance(source, allowance)),
  ];
}

function readAllowance(source: Source, value: string, start: number): Allowance[] {
  const rule = WRITTEN.exec(value)?.[1];
  if (rule === undefined) return [];
  const line = lineAt(source, start);
  const isAlone = source.text.slice(source.lineStarts[line - 1], start).trim() === '';
  return [{ rule, line, covers: isAlone ? [line, line + 1] : [line] }];
}

function covers({ rule, covers: lines }: Allowance, finding: Finding): boolean {
  return finding.rule === rule && (finding.line === 0 || lines.includes(finding.line));
}

function badAllowance(source: Source, start: number): Finding {
  const message = `write an exception as "// ${MARK}: <rule>: <reason>"`;
  return { rule: MARK, path: source.path, line: lineAt(source, start), message };
}

function needlessAllowance({ path }: Source, { rule, line }: Allowance): Finding {
  return { rule: MARK, path, line, message: `nothing here breaks ${rule}: remove the exception` };
}
