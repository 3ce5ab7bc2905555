import { applyAllowances } from './allowances.ts';
import { doubleCast, unitCast } from './casts.ts';
import { constantExpectation, emptyCatch, silencedCheck } from './errors.ts';
import { docstring, handlerShape } from './exports.ts';
import { fileLength, functionLength } from './limits.ts';
import { danglingDocument, deadLink } from './links.ts';
import { mapOrder } from './map-order.ts';
import { fileName, innerBarrel } from './names.ts';
import { pureAsync, pureGlobals } from './purity.ts';
import type { Finding, SourceRule, TextRule } from './rule.ts';
import { fixedSeed } from './seeds.ts';
import { lineAt, ParseFault, parseSource, type Source } from './source.ts';
import { machinePath, registryHost, unfinished } from './words.ts';

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
  fixedSeed,
  docstring,
  handlerShape,
  unfinished,
];
const TEXT_RULES: readonly TextRule[] = [fileName, innerBarrel, machinePath, registryHost];

/** Names of all rules. */
export const ruleNames: readonly string[] = [...SOURCE_RULES, danglingDocument([]), ...TEXT_RULES, deadLink([])].map((rule) => rule.name);

/** The rules for one set of files: some ask what else there is. */
interface RuleSet {
  source: readonly SourceRule[];
  text: readonly TextRule[];
}

/**
 * Judges the files and returns what the rules object to, exceptions taken into account, in the order of the files.
 *
 * @param otherPaths further files of the repository, which are not judged but may be referred to
 */
export function judgeFiles(files: readonly JudgedFile[], otherPaths: readonly string[] = []): Finding[] {
  const paths = [...files.map((file) => file.path), ...otherPaths];
  const rules = { source: [...SOURCE_RULES, danglingDocument(paths)], text: [...TEXT_RULES, deadLink(paths)] };
  return files.flatMap((file) => judgeFile(file, rules));
}

function judgeFile(file: JudgedFile, rules: RuleSet): Finding[] {
  if (!/\.tsx?$/.test(file.path)) return judgeText(file, rules.text);
  const source = parse(file);
  if ('rule' in source) return [source];
  return applyAllowances(source, [...judgeText(file, rules.text), ...judgeSource(source, rules.source)]).sort((a, b) => a.line - b.line);
}

function parse({ path, text }: JudgedFile): Source | Finding {
  try {
    return parseSource(path, text);
  } catch (error) {
    if (error instanceof ParseFault) return { rule: 'parse', path, line: 0, message: error.message };
    throw error;
  }
}

function judgeText({ path, text }: JudgedFile, rules: readonly TextRule[]): Finding[] {
  const lines: Pick<Source, 'lineStarts'> = { lineStarts: [...text.matchAll(/^/gm)].map(({ index }) => index) };
  return rules
    .filter((rule) => rule.appliesTo(path))
    .flatMap((rule) => {
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
