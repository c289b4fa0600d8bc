/** Refusals of the server, and commands whose outcome is unknown. */

export interface FieldProblem {
  field: string;
  message: string;
  code?: string;
}

/** Code of an answer that is not what the contract promises: another server's, or one of another version. */
export const ANSWER_INVALID = 'answer-invalid';

/** The server answered with a refusal: its stable code, one sentence, and the fields that are wrong. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    readonly detail: string,
    readonly status: number,
    readonly options: { fields?: FieldProblem[]; retryable?: boolean; requestId?: string } = {},
  ) {
    super(detail);
    this.name = 'ApiError';
  }

  get fields(): FieldProblem[] {
    return this.options.fields ?? [];
  }

  get retryable(): boolean {
    return this.options.retryable ?? false;
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
