import { applyAllowances } from './allowances.ts';
import { doubleCast, unitCast } from './casts.ts';
import { constantExpectation, emptyCatch, silencedCheck } from './errors.ts';
import { docstring, handlerShape } from './exports.ts';
import { fileLength, functionLength } from './limits.ts';
import { mapOrder } from './map-order.ts';
import { fileName, innerBarrel } from './names.ts';
import { pureAsync, pureGlobals } from './purity.ts';
import type { Finding, SourceRule, TextRule } from './rule.ts';
import { lineAt, parseSource, type Source } from './source.ts';
import { danglingDocument, machinePath, registryHost, unfinished } from './words.ts';

/** A file of the repository as it is judged. */
export interface JudgedFile {
  /** Path from the root, with `/`. */
  path: string;
  text: string;
}

const SOURCE_RULES: readonly SourceRule[] = [
  fileLength,
  functionLength,
  pureGlobals,
  pureAsync,
  mapOrder,
  unitCast,
  doubleCast,
  emptyCatch,
  silencedCheck,
  constantExpectation,
  docstring,
  handlerShape,
  unfinished,
];
const TEXT_RULES: readonly TextRule[] = [fileName, innerBarrel, machinePath, registryHost];

/** Names of all rules. */
export const ruleNames: readonly string[] = [...SOURCE_RULES, danglingDocument([]), ...TEXT_RULES].map((rule) => rule.name);

/** Judges the files and returns what the rules object to, exceptions taken into account, in the order of the files. */
export function judgeFiles(files: readonly JudgedFile[]): Finding[] {
  const documents = files.map((file) => file.path).filter((path) => path.endsWith('.md'));
  const sourceRules = [...SOURCE_RULES, danglingDocument(documents)];
  return files.flatMap((file) => judgeFile(file, sourceRules));
}

function judgeFile(file: JudgedFile, sourceRules: readonly SourceRule[]): Finding[] {
  if (!/\.tsx?$/.test(file.path)) return judgeText(file);
  const source = parseSource(file.path, file.text);
  return applyAllowances(source, [...judgeText(file), ...judgeSource(source, sourceRules)]).sort((a, b) => a.line - b.line);
}

function judgeText({ path, text }: JudgedFile): Finding[] {
  const lines: Pick<Source, 'lineStarts'> = { lineStarts: [...text.matchAll(/^/gm)].map(({ index }) => index) };
  return TEXT_RULES.filter((rule) => rule.appliesTo(path)).flatMap((rule) => {
    const found: Finding[] = [];
    rule.check(
      text,
      (offset, message) => found.push({ rule: rule.name, path, line: offset < 0 ? 0 : lineAt(lines, offset), message }),
      path,
    );
    return found;
  });
}

function judgeSource(source: Source, rules: readonly SourceRule[]): Finding[] {
  return rules
    .filter((rule) => rule.appliesTo(source.path))
    .flatMap((rule) => {
      const found: Finding[] = [];
      rule.check(source, (offset, message) => {
        found.push({ rule: rule.name, path: source.path, line: offset < 0 ? 0 : lineAt(source, offset), message });
      });
      return found;
    });
}
