import type { Source } from './source.ts';

/** Something a rule objects to. `line` counts from 1; 0 stands for the whole file. */
export interface Finding {
  rule: string;
  path: string;
  line: number;
  message: string;
}

/** Tells of an objection at an offset of the text. */
export type Report = (offset: number, message: string) => void;

/** A rule about the syntax of one file. */
export interface SourceRule {
  name: string;
  appliesTo(path: string): boolean;
  check(source: Source, report: Report): void;
}

/** A rule about the text of one file of any kind. */
export interface TextRule {
  name: string;
  appliesTo(path: string): boolean;
  check(text: string, report: Report, path: string): void;
}
