/** An answer that the server gave and that is no success: RFC 9457 problem details where it sent them. */
export class Problem extends Error {
  constructor(status, details) {
    super(details.detail ?? details.error ?? details.title ?? `The server answered ${status}.`);
    this.name = 'Problem';
    this.status = status;
    this.details = details;
  }

  /** The field that is meant: told by itself, or by the detail, which begins with it; null when none is. */
  get field() {
    return this.details.field ?? /^[a-z]\w*(?:\[\d+\])*(?:\.\w+(?:\[\d+\])*)*/.exec(this.message)?.[0] ?? null;
  }
}

/** The session is over, or somebody else's, or there never was one. */
export class SignedOut extends Problem {
  constructor(details) {
    super(401, details);
    this.name = 'SignedOut';
  }
}

/** No answer came: the network or the server is away, or took too long. */
export class Unreachable extends Error {
  constructor(cause) {
    super('Lifeline can not be reached at the moment.', { cause });
    this.name = 'Unreachable';
  }
}

/** In words why something is not told; that the session is over concerns the whole page, and is thrown. */
export function problemWords(failure) {
  const isOne = failure instanceof Problem || failure instanceof Unreachable;
  if (!isOne || failure instanceof SignedOut) throw failure;
  return failure.message;
}

/** After so long an answer is no longer waited for. */
const PATIENCE = 8000;

/** The server's JSON over HTTP, with the session's cookie; for whoever is signed in when it is first asked. */
export class Api {
  #csrf = null;
  #userId = null;

  /** Who is signed in, and what there is: also renews the token that changes need. */
  async me() {
    const me = await this.get('/api/me');
    this.#userId ??= me.userId;
    if (me.userId !== this.#userId) throw new SignedOut({});
    this.#csrf = me.csrf ?? null;
    return me;
  }

  /** The body of a GET. */
  async get(path) {
    return (await this.#fetch(path, { method: 'GET' })).body;
  }

  /** Asks for a change: its {status, location, body}. A token that has expired meanwhile is renewed once. */
  async change(method, path, body) {
    try {
      return await this.#fetch(path, this.#changing(method, body));
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.status !== 403) throw problem;
      await this.me();
      return this.#fetch(path, this.#changing(method, body));
    }
  }

  /** Ends the session; the address to go on to. */
  async signOut() {
    return (await this.change('POST', '/logout')).body?.location ?? '/';
  }

  #changing(method, body) {
    const headers = this.#csrf ? { [this.#csrf.header]: this.#csrf.token } : {};
    if (body === undefined) return { method, headers };
    return { method, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
  }

  async #fetch(path, options) {
    let response;
    let body;
    try {
      const headers = { accept: 'application/json', ...options.headers };
      response = await fetch(path, { ...options, headers, cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) });
      body = await readJson(response);
    } catch (cause) {
      throw new Unreachable(cause);
    }
    if (response.status === 401) throw new SignedOut(body ?? {});
    if (!response.ok) throw new Problem(response.status, body ?? {});
    return { status: response.status, location: response.headers.get('location'), body };
  }
}

/** What is no JSON, such as a page of some proxy, is no body. */
async function readJson(response) {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
