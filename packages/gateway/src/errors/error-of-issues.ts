/** From the findings of a schema to one sentence: which field, which value, which rule, and what to send instead. */
import type { z } from 'zod';
import { ApiError } from './api-error.ts';
import { type ApiErrorCode, isApiErrorCode } from './api-error-code.ts';
import { showValue } from './show-value.ts';

/** The part of a request that was judged. */
export type RequestPart = 'body' | 'query' | 'frame' | 'order';

type Issue = z.core.$ZodIssue;

const ISSUES_SHOWN_MAX = 3;
/** How the library begins a message that no schema of ours worded. */
const UNWORDED = 'Invalid input';

/**
 * Turns the findings of a schema into an error for the client.
 *
 * @param error what `safeParse` found; parse with `reportInput: true` so that values can be named
 * @param part where the value stood
 * @returns the code of the first finding that names one, INVALID_CLIENT_REQUEST otherwise
 */
export function apiErrorOfZod(error: z.core.$ZodError, part: RequestPart): ApiError {
  const issues = error.issues.map(deepestIssue);
  const sentences = issues.slice(0, ISSUES_SHOWN_MAX).map((issue) => describeIssue(issue, part));
  const hidden = issues.length - sentences.length;
  const tail = hidden > 0 ? ` (and ${hidden} more)` : '';
  return new ApiError(codeOfIssues(issues), `Invalid ${part}: ${sentences.join('; ')}${tail}`);
}

/**
 * Writes the rule that a value broke.
 *
 * @param rule what the value must be, such as `a string like "1.5"`
 * @returns a message function for a schema
 */
export function mustBe(rule: string): (issue: { readonly input?: unknown }) => string {
  return (issue) => (issue.input === undefined ? `is missing: it must be ${rule}` : `is ${showValue(issue.input)}: it must be ${rule}`);
}

function describeIssue(issue: Issue, part: RequestPart): string {
  const field = issue.path.length === 0 ? `the ${part}` : showPath(issue.path);
  return `${field} ${describeRule(issue)}`;
}

function describeRule(issue: Issue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `has unknown field${issue.keys.length > 1 ? 's' : ''} ${issue.keys.slice(0, ISSUES_SHOWN_MAX).map(quoteName).join(', ')}: remove or rename`;
    case 'invalid_value':
      return mustBe(`one of ${issue.values.map(String).join(', ')}`)(issue);
    case 'invalid_type':
      return issue.message.startsWith(UNWORDED) ? mustBe(`of type ${issue.expected}`)(issue) : issue.message;
    default:
      return issue.message.startsWith(UNWORDED) ? mustBe('of another form')(issue) : issue.message;
  }
}

/** A union reports what each branch found; the branch that came furthest says most. */
function deepestIssue(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const branches = issue.errors.filter((found) => found.length > 0);
  const best = branches.reduce((left, right) => (depthOf(right) > depthOf(left) ? right : left), branches[0] ?? []);
  const first = best[0];
  return first === undefined ? issue : deepestIssue({ ...first, path: [...issue.path, ...first.path] });
}

function depthOf(issues: readonly Issue[]): number {
  return Math.max(...issues.map((issue) => issue.path.length));
}

function codeOfIssues(issues: readonly Issue[]): ApiErrorCode {
  for (const issue of issues) {
    const code = issue.code === 'custom' ? issue.params?.apiCode : undefined;
    if (typeof code === 'string' && isApiErrorCode(code)) return code;
  }
  return 'INVALID_CLIENT_REQUEST';
}

function showPath(path: readonly PropertyKey[]): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index > 0 ? '.' : ''}${shortenName(String(step))}`))
    .join('');
}

function quoteName(name: string): string {
  return JSON.stringify(shortenName(name));
}

function shortenName(name: string): string {
  return name.length <= 40 ? name : `${name.slice(0, 40)}...`;
}
