import type { Problem, ProblemKind } from '../../contract/problem.ts'

/** A refusal of the server (RFC 9457), or `offline` where it could not be reached. `message` may be shown. */
class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly kind: ProblemKind | 'offline'
  readonly status: number
  readonly problem: Partial<Problem>
  constructor(kind: ProblemKind | 'offline', status: number, problem: Partial<Problem>) {
    super(problem.detail ?? problem.title ?? 'Server tidak menjawab')
    this.kind = kind
    this.status = status
    this.problem = problem
  }
}

export const isProblem = (error: unknown, kind?: ApiProblem['kind']): error is ApiProblem =>
  error instanceof ApiProblem && (kind === undefined || error.kind === kind)

const STATUS_KIND: Record<number, ProblemKind> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
}

/**
 * One call of the API. `undefined` for 204.
 * @throws ApiProblem for every answer that is not 2xx, and where there is no answer.
 */
export function request<T>(method: string, path: string, body?: unknown): Promise<T> {
  return call<T>(method, path, body === undefined ? undefined : json(body))
}

/** As `request`, with the bytes of a file under its own type. */
export function upload<T>(path: string, file: File): Promise<T> {
  return call<T>('POST', path, { type: file.type, bytes: file })
}

/** A file that the server makes of `body`. Throws as `request`, and what ends the call where `signal` does. */
export async function requestFile(path: string, body: unknown, signal?: AbortSignal): Promise<Blob> {
  return (await answerOf('POST', path, json(body), signal)).blob()
}

/** How far the server's clock is ahead of this machine's, which may be wrong by minutes. */
let aheadMs = 0
/** What the server's clock says, to a second. */
export const serverTime = (): number => Date.now() + aheadMs

type Body = { type: string; bytes: string | File }
const json = (body: unknown): Body => ({ type: 'application/json', bytes: JSON.stringify(body) })
async function call<T>(method: string, path: string, body?: Body): Promise<T> {
  const response = await answerOf(method, path, body)
  const said = Date.parse(response.headers.get('date') ?? '')
  if (!Number.isNaN(said)) aheadMs = said - Date.now()
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T)
}

/** The answer itself, where its body is no JSON. */
export async function answerOf(method: string, path: string, body?: Body, signal?: AbortSignal): Promise<Response> {
  let response: Response
  try {
    response = await fetch(path, {
      method,
      headers: { accept: 'application/json', ...(body && { 'content-type': body.type }) },
      ...(body && { body: body.bytes }),
      ...(signal && { signal }),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ApiProblem('offline', 0, { title: 'Sambungan terputus' })
  }
  if (response.ok) return response
  throw await problemOf(response)
}

/** What an answer that is not 2xx says. */
async function problemOf(response: Response): Promise<ApiProblem> {
  const problem = (await response.json().catch(() => ({}))) as Partial<Problem>
  return new ApiProblem(problem.kind ?? STATUS_KIND[response.status] ?? 'internal', response.status, problem)
}

/** `?a=1&b=2` of the values that are there. */
export function query(values: Record<string, string | number | undefined>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(values))
    if (value !== undefined && value !== '') search.set(name, String(value))
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}

/** A key of one action, so that sending it again repeats nothing. */
export const newTransaction = (): string =>
  [...crypto.getRandomValues(new Uint32Array(4))].map((n) => n.toString(36)).join('')
