/** One typed HTTP client a module, and the one place where answers become values or errors. */
import createClient, { type Client } from 'openapi-fetch';
import { ApiError, NoAnswerError, type FieldProblem } from '@/trading/apiError';

export const REQUEST_TIMEOUT_MS = 10_000;

export interface ApiOptions {
  /** Of all modules, for example `/api/v1`. */
  baseUrl: string;
  fetch?: (request: Request) => Promise<Response>;
  timeoutMs?: number;
}

// `paths` is generated as an interface, which satisfies this bound and no narrower one.
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export function createApiClient<Paths extends {}>(module: string, options: ApiOptions): Client<Paths> {
  const send = options.fetch ?? ((request: Request) => fetch(request));
  const timeout = options.timeoutMs ?? REQUEST_TIMEOUT_MS;
  return createClient<Paths>({
    baseUrl: `${options.baseUrl}/${module}`,
    fetch: (request) => send(new Request(request, { signal: AbortSignal.timeout(timeout) })),
  });
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The answer's data; throws ApiError for a refusal and NoAnswerError if the outcome is unknown. */
export async function answered<T>(request: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await request;
  } catch (error) {
    throw new NoAnswerError(error);
  }
  const { data, error, response } = answer;
  if (response.ok && data !== undefined) return data;
  throw readProblem(error, response);
}

/** A refusal of ours is a problem+json; a 5xx without one comes from something between, and proves nothing. */
function readProblem(body: unknown, response: Response): ApiError | NoAnswerError {
  const problem = isFields(body) && typeof body.code === 'string' ? body : undefined;
  if (problem === undefined && (response.ok || response.status >= 500)) {
    return new NoAnswerError(`HTTP ${response.status}`);
  }
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
