/** Where answers of the generated clients become values or errors, and never a part of a value. */
import type { ClientOptions } from 'openapi-fetch';
import { ANSWER_INVALID, ApiError, NoAnswerError, type FieldProblem } from '@/trading/apiError';
import { fits, misfit, type Shape } from './contract';

export const REQUEST_TIMEOUT_MS = 10_000;

export interface ApiOptions {
  /** Of all modules, for example `/api/v1`. */
  baseUrl: string;
  fetch?: (request: Request) => Promise<Response>;
  timeoutMs?: number;
}

/** Options of the client of one module. */
export function clientOptions(module: string, options: ApiOptions): ClientOptions {
  const send = options.fetch ?? ((request: Request) => fetch(request));
  const timeout = options.timeoutMs ?? REQUEST_TIMEOUT_MS;
  return {
    baseUrl: `${options.baseUrl}/${module}`,
    fetch: (request) => send(new Request(request, { signal: AbortSignal.timeout(timeout) })),
  };
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/**
 * The answer's data, which has the fields of `shape`. Throws ApiError for a refusal and for an answer that is
 * not of the contract, NoAnswerError if there was none.
 */
export async function answered<T>(request: Promise<Answer<T>>, shape: Shape<NoInfer<T>>): Promise<T> {
  return read(request, shape, (what, status) => {
    const advice = 'Reload the page; if that does not help, its address is not that of a trading server.';
    return new ApiError(ANSWER_INVALID, `The answer is not of the contract: ${what}. ${advice}`, status);
  });
}

/** The same for what changes something: an answer that cannot be read leaves open whether it was done. */
export async function commanded<T>(request: Promise<Answer<T>>, shape: Shape<NoInfer<T>>): Promise<T> {
  return read(request, shape, (what) => new NoAnswerError(what));
}

type Unreadable = (what: string, status: number) => Error;

async function read<T>(request: Promise<Answer<T>>, shape: Shape<T>, unreadable: Unreadable): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await request;
  } catch (error) {
    // Only an answer of the 200s is read as JSON without asking.
    throw error instanceof SyntaxError ? unreadable('it is no JSON', 200) : new NoAnswerError(error);
  }
  const { data, error, response } = answer;
  if (!response.ok) throw readProblem(error, response);
  if (fits(data, shape)) return data;
  throw unreadable(misfit(data, shape) ?? '', response.status);
}

/** A refusal of ours is a problem+json; a 5xx without one comes from something between, and proves nothing. */
function readProblem(body: unknown, response: Response): ApiError | NoAnswerError {
  const problem = isFields(body) && typeof body.code === 'string' ? body : undefined;
  if (problem === undefined && response.status >= 500) return new NoAnswerError(`HTTP ${response.status}`);
  const code = textOr(problem?.code, `http-${response.status}`);
  const detail = textOr(
    problem?.detail,
    `The server answered ${response.status} ${response.statusText}`.trim(),
  );
  return new ApiError(code, detail, response.status, {
    fields: readFields(problem?.fields),
    retryable: problem?.retryable === true,
    requestId: textOr(problem?.requestId, response.headers.get('X-Request-Id') ?? '') || undefined,
  });
}

function readFields(value: unknown): FieldProblem[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isFields).map((item) => ({
    field: textOr(item.field, ''),
    message: textOr(item.message, ''),
    ...(typeof item.code === 'string' ? { code: item.code } : {}),
  }));
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function textOr(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}
