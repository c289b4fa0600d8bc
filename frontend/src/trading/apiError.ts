/** Refusals of the server, and commands whose outcome is unknown. */

export interface FieldProblem {
  field: string;
  message: string;
  code?: string;
}

/** Code of an answer that is not what the contract promises: another server's, or one of another version. */
export const ANSWER_INVALID = 'answer-invalid';

/** Codes of a server that no longer speaks the version of the API that this page was made for. */
const OUTDATED: ReadonlySet<string> = new Set(['api-version-unknown', 'api-version-sunset']);

/** The server answered with a refusal: its stable code, one sentence, and the fields that are wrong. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    readonly detail: string,
    readonly status: number,
    readonly options: { fields?: FieldProblem[]; retryable?: boolean; requestId?: string } = {},
  ) {
    super(OUTDATED.has(code) ? `${detail} This page is out of date: reload it.` : detail);
    this.name = 'ApiError';
  }

  get fields(): FieldProblem[] {
    return this.options.fields ?? [];
  }

  get retryable(): boolean {
    return this.options.retryable ?? false;
  }

  /** Whether nothing but loading the page anew helps. */
  get isPageOutdated(): boolean {
    return OUTDATED.has(this.code);
  }

  get requestId(): string | undefined {
    return this.options.requestId;
  }
}

/** No answer came, so nothing is known of the request's effect. */
export class NoAnswerError extends Error {
  constructor(readonly reason: unknown) {
    super('The server did not answer.');
    this.name = 'NoAnswerError';
  }
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
